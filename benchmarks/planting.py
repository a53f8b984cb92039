"""Makes children of sample documents, and plants changes in them: what benchmarks/planted.py measures an audit with.

A child takes over the shares and the tasks of its parent in an order, a numbering and words of its own, with bodies one
level down. What cannot be asked of it is left out: counts of the nation, shares of units of its own level or of one
above, steps that were over before it.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from builder.formats import to_txt
from builder.markup import Item, Plan, expand, parse_text

KINDS = (
    "weakened_target:value", "weakened_target:narrowed", "weakened_target:later", "unquantified_target",
    "missing_target", "missing_task", "narrowed_task", "citation_mismatch", "later_deadline", "missing_deadline",
)  # fmt: skip
# Words that a child may use for those of its parent; what is on the left of a pair is looked for as whole words.
SYNONYMS = (
    ("Đẩy mạnh", "Tăng cường"), ("Tăng cường", "Đẩy mạnh"), ("Xây dựng", "Hình thành"), ("Rà soát", "Khảo sát"),
    ("Tổ chức", "Triển khai"), ("Nâng cao", "Tăng cường"), ("hỗ trợ", "trợ giúp"), ("tuyên truyền", "truyền thông"),
    ("tập huấn", "bồi dưỡng"), ("kiểm tra", "giám sát"), ("huy động", "vận động"), ("phát hiện sớm", "sớm phát hiện"),
    ("Phát triển", "Mở rộng"), ("thực hiện", "triển khai thực hiện"), ("bảo đảm", "đảm bảo"),
)  # fmt: skip
_ALL_PROVINCES = r"(?:[Ủủ]y ban nhân dân|UBND) các tỉnh, thành phố(?: trực thuộc trung ương)?"
# Bodies of the state and who does their work one level down.
BELOW = {
    "province": (
        (_ALL_PROVINCES, "Ủy ban nhân dân các huyện, thị xã, thành phố"),
        (r"Thủ tướng Chính phủ", "Ủy ban nhân dân tỉnh"), (r"\bBộ (?=[A-ZĐ])", "Sở "), (r"\bcả nước\b", "toàn tỉnh"),
        (r"\btoàn quốc\b", "toàn tỉnh"),
    ),
    "commune": (
        (_ALL_PROVINCES, "các thôn, tổ dân phố"), (r"Thủ tướng Chính phủ", "Ủy ban nhân dân xã"),
        (r"\b(?:Bộ|Sở) [A-ZĐ][^,;.]{2,40}?(?=[,;.]| và | chủ trì)", "Phòng Văn hóa - Xã hội"),
        (r"\bcả nước\b", "toàn xã"), (r"\btoàn (?:quốc|tỉnh)\b", "toàn xã"),
    ),
}  # fmt: skip
FEWEST, KEEPS = 5, 0.65  # tasks of a child of which some may be planted as missing, and their share of the parent's
ISSUERS = {
    "province": (("ỦY BAN NHÂN DÂN", "TỈNH LẠNG SƠN"), "Lạng Sơn", "Ủy ban nhân dân tỉnh", "tỉnh"),
    "commune": (("ỦY BAN NHÂN DÂN", "XÃ BÌNH MINH"), "Bình Minh", "Ủy ban nhân dân xã", "xã"),
}
UPPER = {
    "province": r"(?:các )?(?:tỉnh|thành phố trực thuộc|địa phương|bộ)",
    "commune": r"(?:các |số )?(?:tỉnh|thành phố trực thuộc|địa phương|bộ|huyện|quận|xã|phường|thị trấn)(?! hội)",
}
ASKED = {"province": r"các tỉnh", "commune": r"cấp xã|(?:các|UBND) (?:xã|phường)"}
TO = re.compile(r"(?:gửi|về|cho) ((?:Bộ|Sở|Ban Chỉ đạo|Văn phòng) [A-ZĐ][^,;.()]{2,80}?)(?= trước| để| kết|[,;.()]|$)")
PEOPLE = re.compile(
    r"(?:các |số )?(?:trẻ|người|phụ nữ|học sinh|cán bộ|công chức|hộ|gia đình|nạn nhân|đối tượng|dân số|nhân viên"
    r"|giáo viên)"
)
CONDITIONS = (
    "có nhu cầu", "đủ điều kiện", "có hoàn cảnh đặc biệt khó khăn", "thuộc hộ nghèo, hộ cận nghèo",
    "từ 16 tuổi trở lên", "ở vùng đồng bào dân tộc thiểu số", "có thẻ bảo hiểm y tế",
)  # fmt: skip
FOR_THINGS = ("đủ điều kiện", "ở khu vực đô thị", "thuộc vùng thuận lợi", "khi bố trí được kinh phí")
VAGUE = (
    "Nâng dần tỷ lệ {0}", "Tăng số {0}", "{1}", "Phấn đấu ngày càng nhiều {0}", "Tạo điều kiện để {0}",
    "Từng bước nâng cao tỷ lệ {0} qua các năm",
)  # fmt: skip


@dataclass(frozen=True)
class Aim:
    """What a source says of a target: value, comparator, year, who and what."""

    value: float
    comparator: str
    year: str
    population: str
    outcome: str


@dataclass
class Line:
    """One item of a child: its words, the paths it comes from, its target, and the group it stands in."""

    words: str
    paths: tuple[str, ...]
    aim: Aim | None = None
    group: str = ""


@dataclass
class Child:
    """A child on its way: its items, its citation, and what was planted: kind, path (or paths, by |) in the parent."""

    level: str
    aims: list[Line]
    duties: list[Line]
    citation: str
    report: str | None
    report_path: str = ""
    planted: list[tuple[str, str]] = field(default_factory=list)
    halved: list[str] = field(default_factory=list)  # tasks of a group of two, which is cut by what is missing
    tasks: int = 0  # of the parent
    left_out: list[str] = field(default_factory=list)  # what is not asked of it, or is the nation's
    others: list[Line] = field(default_factory=list)  # the targets of what was left out


def header(plan: Plan) -> dict[str, str]:
    """Return the header fields that a source states."""
    found: dict[str, str] = {}
    for word, value in plan.annotations:
        if word == "header":
            for part in [value] if value.startswith("subject:") else value.split("|"):
                key, _, text = part.partition(":")
                found[key.strip()] = text.strip()
    return found


def role_of(plan: Plan, path: str) -> str:
    """Return the role of the section that a path is in."""
    best, role = -1, ""
    for item in plan.items:
        inside = item.path and (path == item.path or path.startswith(item.path + "."))
        if "role" in item.fields and inside and len(item.path) > best:
            best, role = len(item.path), item.fields["role"]
    return role


def heading_above(plan: Plan, path: str) -> str:
    """Return the words of the nearest heading above a path."""
    above = path.rpartition(".")[0]
    return next((item.words for item in plan.items if item.path == above and item.kind == "heading"), "")


def aims_of(item: Item) -> list[Aim | None]:
    """Return the targets annotated on an item; None for one that is no share, or of which a part is left open."""
    found: list[Aim | None] = []
    for word, value in item.notes:
        if word != "target":
            continue
        first, *rest = value.split("|")
        number, unit, comparator, _, year, *_ = [*first.split(), *"??????"]
        said = {key.strip(): text.strip() for key, _, text in (part.partition(":") for part in rest)}
        who, what = said.get("pop", "?"), said.get("out", "?")
        whole = unit == "%" and re.fullmatch(r"[0-9]{1,3}(?:[.][0-9]+)?", number) and who in item.words
        told = whole and "?" not in (who, what) and who and what
        found.append(Aim(float(number), comparator, year, who, what) if told else None)
    return found


def one_indicator(one: Aim, other: Aim) -> bool:
    """Tell whether two targets of one document are steps of one indicator."""
    mine, yours = (set(f"{aim.population} {aim.outcome}".casefold().split()) for aim in (one, other))
    return len(mine & yours) >= 0.75 * len(mine | yours)


def make_child(plan: Plan, leads: Mapping[str, list[str]], level: str, dice: random.Random) -> Child:
    """Return an unchanged child of a document: what it must take over, in its own words and order.

    ``leads`` are the bodies that lead the tasks of the document, by path.
    """
    given = header(plan)
    aims, duties, left_out, others = [], [], [], []
    for item in plan.items:
        if item.kind not in ("paragraph", "row") or "uncertain" in item.flags or not item.path:
            left_out += [item.path] if item.path else []
            continue
        role = role_of(plan, item.path)
        line = Line(item.words, (item.path,), group=heading_above(plan, item.path))
        targets = aims_of(item)
        if targets:
            aim = targets[0] if len(targets) == 1 else None
            asked = aim and not re.match(UPPER[level], aim.population.casefold())
            if role == "tasks" and "t" in item.flags and all(targets) and is_common(item, leads):
                duties.append(line)
            elif item.kind == "row" or role != "objectives" or not asked or expired(aim, given):
                left_out.append(item.path)
                others += [replace(line, aim=one) for one in targets if one]
            else:
                aims.append(replace(line, words=with_year(line.words, aim), aim=aim))
        elif "t" in item.flags and role == "tasks" and item.kind == "paragraph" and is_common(item, leads):
            duties.append(line)
        elif "t" in item.flags:
            left_out.append(item.path)
    day = "/".join(reversed(given["date"].split("-")))
    citation = f"{type_of(given['kind'])} số {given['number']} ngày {day} của {given['issuer']}"
    child = Child(level, aims, duties, citation, *report_of(plan, level), left_out=left_out, others=others)
    child.tasks = sum("t" in item.flags and role_of(plan, item.path) in ("tasks", "appendix") for item in plan.items)
    for line in (*child.aims, *child.duties):
        line.words = one_level_down(line.words, level)
    for line in child.duties:
        line.words = reworded(line.words, dice)
    dice.shuffle(child.aims)
    child.duties = merged(regrouped(child.duties, dice), dice)
    return child


def is_common(item: Item, leads: Mapping[str, list[str]]) -> bool:
    """Tell whether a task is given to nobody, or to those who are asked everywhere: the localities, the provinces."""
    lead = " ".join(leads.get(item.path) or ())
    return not lead or bool(re.search(r"địa phương|các tỉnh|các (?:sở|cơ quan|đơn vị)", lead))


def expired(aim: Aim, given: dict[str, str]) -> bool:
    """Tell whether a target's year is over when the child is issued, the year after its parent."""
    return aim.year[:4].isdigit() and int(aim.year[:4]) <= int(given["date"][:4])


def type_of(kind: str) -> str:
    """Return the Vietnamese word for a kind of document."""
    return {"decision": "Quyết định", "resolution": "Nghị quyết", "directive": "Chỉ thị", "plan": "Kế hoạch"}.get(
        kind, "Quyết định"
    )


def with_year(words: str, aim: Aim) -> str:
    """Return the words of a target with its year before them, where they do not state it."""
    if not re.fullmatch(r"20[0-9]{2}", aim.year) or aim.year in words:
        return words
    return f"Đến năm {aim.year}, {words[:1].lower()}{words[1:]}"


def report_of(plan: Plan, level: str) -> tuple[str | None, str]:
    """Return the words by which the child reports in time, and the path, where its parent asks bodies of its class."""
    for item in plan.items:
        days = [re.search(r"XXXX-([0-9]{2})-([0-9]{2})", value) for word, value in item.notes if word == "deadline"]
        to = TO.search(item.words)
        who = f"{heading_above(plan, item.path)} {' '.join(expand(item.fields.get('lead', ''), plan))} {item.words}"
        if "áo cáo" in item.words and to and len(days) == 1 and days[0] and re.search(ASKED[level], who):
            when = f"ngày {int(days[0][2]):02} tháng {int(days[0][1])} hằng năm"
            return f"báo cáo kết quả thực hiện gửi {to[1]} trước {when}", item.path
    return None, ""


def one_level_down(words: str, level: str) -> str:
    """Return the words with the bodies of the state replaced by those below them."""
    for pattern, below in BELOW[level]:
        words = re.sub(pattern, below, words)
    return words


def reworded(words: str, dice: random.Random) -> str:
    """Return the words with some exchanged for others of the same meaning."""
    for ours, theirs in dice.sample(SYNONYMS, len(SYNONYMS)):
        if dice.random() < 0.4:
            words = re.sub(rf"(?<!\w){ours}(?!\w)", theirs, words, count=1)
    return words


def regrouped(lines: list[Line], dice: random.Random) -> list[Line]:
    """Return the tasks with their groups in another order."""
    groups = list(dict.fromkeys(line.group for line in lines))
    dice.shuffle(groups)
    return [line for group in groups for line in lines if line.group == group]


def merged(lines: list[Line], dice: random.Random) -> list[Line]:
    """Return the tasks, some neighbours of one group in one item, some long ones in two."""
    found: list[Line] = []
    for line in lines:
        before = found[-1] if found else None
        if before and before.group == line.group and len(before.paths) == 1 and dice.random() < 0.25:
            words = f"{before.words.rstrip('.;')}; {line.words[:1].lower()}{line.words[1:]}"
            found[-1] = Line(words, before.paths + line.paths, group=line.group)
        elif "; " in line.words and dice.random() < 0.25:
            first, _, rest = line.words.partition("; ")
            found.append(Line(first + ".", line.paths, group=line.group))
            found.append(Line(rest[:1].upper() + rest[1:], line.paths, group=line.group))
        else:
            found.append(line)
    return found


def plant(child: Child, kind: str, dice: random.Random) -> bool:
    """Plant one change of a kind where it can be planted; tell whether it was."""
    if kind == "citation_mismatch":
        child.citation = re.sub(
            r"ngày ([0-9]{2})/", lambda found: f"ngày {(int(found[1]) % 28) + 1:02}/", child.citation
        )
        child.planted.append((kind, ""))
        return True
    used = {path for _, paths in child.planted for path in paths.split("|")}
    if kind in ("later_deadline", "missing_deadline"):
        if child.report is None or child.report_path in used:
            return False
        before = child.report
        child.report = (
            re.sub(r"ngày ([0-9]{2}) tháng ([0-9]{1,2})", later, before)
            if kind == "later_deadline"
            else f"{before.partition(' trước ')[0]} theo quy định"
        )
        child.planted.append((kind, child.report_path))
        return child.report != before
    if kind in ("missing_task", "narrowed_task"):
        return plant_in_task(child, kind, used, dice)
    return plant_in_target(child, kind, used, dice)


def later(found: re.Match[str]) -> str:
    """Return a day 13 days behind one, in the same month where it has as many, else in the next."""
    day, month = int(found[1]) + 13, int(found[2])
    return f"ngày {day:02} tháng {month}" if day < 29 else f"ngày {day - 28:02} tháng {month + 1}" if month < 12 else (
        f"ngày 31 tháng {month}")  # fmt: skip


def plant_in_target(child: Child, kind: str, used: set[str], dice: random.Random) -> bool:
    """Change one target; steps of one indicator are dropped together, and lose neither their number nor their year."""
    free = [line for line in child.aims if line.aim and not used & set(line.paths)]
    if kind in ("unquantified_target", "missing_target", "weakened_target:later"):
        free = [line for line in free if kind == "missing_target" or len(steps_of(child, line)) == 1]
    dice.shuffle(free)
    for line in free:
        steps = steps_of(child, line)
        if kind == "missing_target" and not used & {path for step in steps for path in step.paths}:
            child.aims = [other for other in child.aims if other not in steps]
            child.planted.append((kind, "|".join(step.paths[0] for step in steps)))
            return True
        if kind == "missing_target" or (words := changed(line, kind, dice)) == line.words:
            continue
        line.words = words
        child.planted.append((kind, line.paths[0]))
        return True
    return False


def steps_of(child: Child, line: Line) -> list[Line]:
    """Return the lines with the indicator of a line, itself and those left out among them."""
    everything = (*child.aims, *child.others)
    return [other for other in everything if other.aim and line.aim and one_indicator(other.aim, line.aim)]


def changed(line: Line, kind: str, dice: random.Random) -> str:
    """Return the words of a target, weakened in one way; the same words where it does not fit."""
    words, aim = line.words, line.aim
    if aim is None:
        return words
    if kind == "weakened_target:value":
        number = f"{aim.value:g}".replace(".", ",")
        falls = aim.comparator in ("at_most", "below", "decrease_to")
        less = aim.value + 5 if falls else aim.value - dice.choice((5, 10)) if aim.value > 15 else aim.value / 2
        return words.replace(f"{number}%", f"{less:g}".replace(".", ",") + "%", 1)
    if kind == "weakened_target:later":
        return words.replace(f"năm {aim.year}", f"năm {int(aim.year) + 5}", 1) if aim.year.isdigit() else words
    if kind == "weakened_target:narrowed":
        fitting = CONDITIONS if PEOPLE.match(aim.population.casefold()) else FOR_THINGS
        condition = dice.choice([one for one in fitting if one not in words])
        return words.replace(aim.population, f"{aim.population} {condition}", 1)
    if aim.comparator in ("at_most", "below", "decrease_to", "decrease_by", "increase_by"):
        return words
    plain = f"{aim.population} {aim.outcome}"
    if "%" in plain or "ỷ lệ" in plain:
        return words
    return dice.choice(VAGUE).format(plain[:1].lower() + plain[1:], plain[:1].upper() + plain[1:]) + "."


def plant_in_task(child: Child, kind: str, used: set[str], dice: random.Random) -> bool:
    """Drop one task, or a part of one, of a child that takes over most of its parent's tasks.

    One that takes over few says nothing by what it leaves out.
    """
    whole = Counter(path for line in child.duties for path in line.paths)
    if len(whole) < max(FEWEST, KEEPS * child.tasks):
        return False
    free = [
        line
        for line in child.duties
        if len(line.paths) == 1 and whole[line.paths[0]] == 1 and not used & set(line.paths)
    ]
    if kind == "narrowed_task":
        free = [
            line
            for line in free
            if "; " in line.words and all(len(part.split()) > 5 for part in line.words.split("; "))
        ]
    if not free:
        return False
    line = dice.choice(free)
    if kind == "missing_task":
        child.duties.remove(line)
    else:
        parts = line.words.rstrip(".").split("; ")
        parts.pop(dice.randrange(1, len(parts)))
        line.words = "; ".join(parts) + "."
    if (
        kind == "missing_task"
        and sum(path.rpartition(".")[0] == line.paths[0].rpartition(".")[0] for path in whole) == 2
    ):
        child.halved.append(line.paths[0])
    child.planted.append((kind, line.paths[0]))
    return True


def text_of(child: Child, plan: Plan, number: int, dice: random.Random) -> str:
    """Return the child as a text file."""
    (upper, lower), place, body, unit = ISSUERS[child.level]
    given = header(plan)
    year = int(given["date"][:4]) + 1
    subject = re.sub(r"^(?:Về việc |Phê duyệt |Ban hành |Thực hiện |Triển khai )", "", given["subject"])
    deep = dice.random() < 0.5
    lines = [
        "%out x/child.txt", "%mark VĂN BẢN MẪU", f"%head {upper} || CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        f"%head {lower} || Độc lập - Tự do - Hạnh phúc",
        f"%head Số: {200 + number}/KH-UBND || {place}, ngày 15 tháng 3 năm {year}", "%title KẾ HOẠCH",
        f"%title Thực hiện {subject}", f"Thực hiện {child.citation} về {subject}, {body} ban hành Kế hoạch như sau:",
        "# I. MỤC TIÊU", "# 1. Mục tiêu chung", f"Thực hiện có hiệu quả {subject} trên địa bàn {unit}.",
        "# 2. Mục tiêu cụ thể",
    ]  # fmt: skip
    lines += [f"- {line.words}" for line in child.aims]
    lines.append("# II. NHIỆM VỤ, GIẢI PHÁP")
    group, count = None, 0
    for line in child.duties:
        if line.group != group and deep:
            group, count = line.group, count + 1
            lines.append(f"# {count}. {line.group or 'Nhiệm vụ chung'}")
        if deep:
            lines.append(f"- {line.words}")
        else:
            count += 1
            lines.append(f"{count}. {line.words}")
    report = child.report or "định kỳ báo cáo kết quả thực hiện theo quy định"
    lines += [
        "# III. TỔ CHỨC THỰC HIỆN",
        f"1. Văn phòng {body} theo dõi, tổng hợp, tham mưu {body} {report}.",
        "2. Trong quá trình thực hiện, nếu có khó khăn, vướng mắc, các cơ quan báo cáo để xem xét, giải quyết./.",
        "%recip Như trên;", "%recip Lưu: VT.", f"%sign TM. {upper}", "%sign CHỦ TỊCH",
    ]  # fmt: skip
    return to_txt(parse_text("\n".join(lines), "child"))
