"""Plants changes in plans that are made from the decisions of the corpus, and counts which of them an audit finds.

    python benchmarks/planted.py [FAMILY...] [--changes N] [--rounds N] [--level LEVEL] [--list]

A child is made of the targets and tasks of a root: at another level, with bodies one level down, the items in another
order, some merged or split, other numbering, words exchanged for others of the same meaning. Then N changes (5 if not
said; 0 gives clean children) are planted, each of another kind. Printed are recall by kind, and the findings of high
or medium severity that nothing planted accounts for, by child. The same arguments give the same figures.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import vnplan

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "corpus"))

from builder.formats import to_txt  # noqa: E402
from builder.markup import Item, Plan, parse, parse_text  # noqa: E402

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
# Bodies of the state and who does their work one level down.
BELOW = {
    "province": (
        (r"Ủy ban nhân dân các tỉnh, thành phố trực thuộc trung ương", "Ủy ban nhân dân các huyện, thị xã, thành phố"),
        (r"Thủ tướng Chính phủ", "Ủy ban nhân dân tỉnh"), (r"\bBộ (?=[A-ZĐ])", "Sở "), (r"\bcả nước\b", "toàn tỉnh"),
        (r"\btoàn quốc\b", "toàn tỉnh"),
    ),
    "commune": (
        (r"Ủy ban nhân dân các tỉnh, thành phố trực thuộc trung ương", "các thôn, tổ dân phố"),
        (r"Thủ tướng Chính phủ", "Ủy ban nhân dân xã"),
        (r"\bBộ [A-ZĐ][^,;.]{2,40}?(?=[,;.]| và | chủ trì)", "Phòng Văn hóa - Xã hội"),
        (r"\bcả nước\b", "toàn xã"), (r"\btoàn quốc\b", "toàn xã"),
    ),
}  # fmt: skip
ISSUERS = {
    "province": (("ỦY BAN NHÂN DÂN", "TỈNH LẠNG SƠN"), "Lạng Sơn", "Ủy ban nhân dân tỉnh", "tỉnh"),
    "commune": (("ỦY BAN NHÂN DÂN", "XÃ BÌNH MINH"), "Bình Minh", "Ủy ban nhân dân xã", "xã"),
}
_FIRM = r"(?:[Ii]t nhất|[Íí]t nhất|[Tt]rên|[Tt]ối thiểu|[Kk]hoảng|[Pp]hấn đấu|[Đđ]ạt)"
CONDITIONS = ("có nhu cầu", "đủ điều kiện", "có hoàn cảnh đặc biệt khó khăn")


@dataclass
class Line:
    """One item of a child: its words, where they come from, and which changes were planted in it."""

    words: str
    paths: tuple[str, ...]
    targets: int = 0
    group: str = ""


@dataclass
class Child:
    """A child on its way: its items, its citation, and what was planted, as kind and path in the root."""

    level: str
    aims: list[Line]
    duties: list[Line]
    citation: str
    report: str
    planted: list[tuple[str, str]] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)  # counts of the nation, which a child has in a share of its own


def roots(families: Iterable[str]) -> Iterator[tuple[str, Plan]]:
    """Yield the sources that have targets or tasks and cite no document of the corpus: the first one of each family."""
    for folder in sorted((ROOT / "corpus" / "sources").iterdir()):
        if folder.is_dir() and (not families or folder.name in families):
            plans = [parse(path) for path in sorted(folder.glob("*.plan"))]
            central = [
                plan
                for plan in plans
                if header(plan).get("level") == "central" and header(plan).get("number", "-") != "-"
            ]
            if central:
                yield folder.name, max(central, key=lambda plan: sum("t" in item.flags for item in plan.items))


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


def make_child(plan: Plan, level: str, dice: random.Random) -> Child:
    """Return an unchanged child of a root: what it must take over, in its own words and order."""
    aims, duties, left_out = [], [], []
    for item in plan.items:
        if item.kind not in ("paragraph", "row") or item.kind == "row" or "uncertain" in item.flags or not item.path:
            continue
        targets = sum(word == "target" for word, _ in item.notes)
        role = role_of(plan, item.path)
        line = Line(item.words, (item.path,), targets, heading_above(plan, item.path))
        if (
            targets
            and role == "objectives"
            and all("%" in value.split()[1] for word, value in item.notes if word == "target")
        ):
            aims.append(replace(line, words=with_horizon(line.words, item)))
        elif targets:
            left_out.append(item.path)
        elif "t" in item.flags and role == "tasks":
            duties.append(line)
    given = header(plan)
    day = "/".join(reversed(given["date"].split("-"))) if given.get("date") else ""
    citation = f"{type_of(given['kind'])} số {given['number']} ngày {day} của {given['issuer']}"
    child = Child(level, aims, duties, citation, "báo cáo kết quả thực hiện trước ngày 15 tháng 12 hằng năm")
    child.left_out = left_out
    for line in (*child.aims, *child.duties):
        line.words = one_level_down(line.words, level)
    for line in child.duties:
        line.words = reworded(line.words, dice)
    dice.shuffle(child.aims)
    child.duties = merged(regrouped(child.duties, dice), dice)
    return child


def type_of(kind: str) -> str:
    """Return the Vietnamese word for a kind of document."""
    return {"decision": "Quyết định", "resolution": "Nghị quyết", "directive": "Chỉ thị", "plan": "Kế hoạch"}.get(
        kind, "Quyết định"
    )


def with_horizon(words: str, item: Item) -> str:
    """Return the words of a target with its horizon before them, where they do not state it."""
    horizons = {value.split("|")[0].split()[4] for word, value in item.notes if word == "target"}
    year = next(iter(horizons)) if len(horizons) == 1 else "-"
    if not re.fullmatch(r"20[0-9]{2}", year) or year in words:
        return words
    return f"Đến năm {year}, {words[:1].lower()}{words[1:]}"


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
    used = {path for _, path in child.planted}
    free = [line for line in child.aims if line.targets == 1 and not used & set(line.paths)]
    if kind == "citation_mismatch":
        child.citation = re.sub(
            r"ngày ([0-9]{2})/", lambda found: f"ngày {(int(found[1]) % 28) + 1:02}/", child.citation
        )
        child.planted.append((kind, ""))
        return True
    if kind in ("later_deadline", "missing_deadline"):
        if "15 tháng 12" not in child.report:
            return False
        child.report = (
            child.report.replace("15 tháng", "28 tháng")
            if kind == "later_deadline"
            else "báo cáo kết quả thực hiện theo quy định"
        )
        child.planted.append((kind, ""))
        return True
    if kind in ("missing_task", "narrowed_task"):
        return plant_in_task(child, kind, used, dice)
    if kind == "weakened_target:later":
        free = [line for line in free if re.search(r"năm 20[0-9]{2}", line.words)]
    if not free:
        return False
    line = dice.choice(free)
    words = changed(line.words, kind, dice)
    if words == line.words and kind != "missing_target":
        return False
    if kind == "missing_target":
        child.aims.remove(line)
    line.words = words
    child.planted.append((kind, line.paths[0]))
    return True


def changed(words: str, kind: str, dice: random.Random) -> str:
    """Return the words of a target, weakened in one way."""
    share = re.search(r"([0-9]{1,3}(?:,[0-9]+)?)%", words)
    if kind == "weakened_target:value" and share:
        value = float(share[1].replace(",", "."))
        falls = bool(re.search(r"(?<!\w)(?:giảm|dưới|không quá)(?!\w)", words.casefold()))
        less = value + 5 if falls else value - dice.choice((5, 10)) if value > 15 else value / 2
        return words[: share.start(1)] + f"{less:g}".replace(".", ",") + words[share.end(1) :]
    if kind == "weakened_target:later":
        return re.sub(r"năm (20[0-9]{2})", lambda found: f"năm {int(found[1]) + 5}", words, count=1)
    if kind == "weakened_target:narrowed":
        found = re.search(r"% (?P<population>[^,;]{5,90}?)(?= (?:được|có|đạt|tham gia|biết|sử dụng)(?!\w))", words)
        return words[: found.end()] + f" {dice.choice(CONDITIONS)}" + words[found.end() :] if found else words
    if kind == "unquantified_target":
        plain = re.sub(rf"{_FIRM}?\s?[0-9]{{1,3}}(?:,[0-9]+)?%( trở lên)?\s?", "", words)
        plain = re.sub(r"^Đến năm 20[0-9]{2},\s?", "", plain).strip(" ,")
        return f"Tăng số {plain[:1].lower()}{plain[1:]}"
    return words


def plant_in_task(child: Child, kind: str, used: set[str], dice: random.Random) -> bool:
    whole = Counter(path for line in child.duties for path in line.paths)
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
    child.planted.append((kind, line.paths[0]))
    return True


def text_of(child: Child, plan: Plan, number: int, dice: random.Random) -> str:
    """Return the child as a text file."""
    (upper, lower), place, body, unit = ISSUERS[child.level]
    given = header(plan)
    year = int(given["date"][:4]) + 1
    subject = re.sub(r"^(?:Về việc |Phê duyệt |Ban hành )", "", given["subject"])
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
    lines += [
        "# III. TỔ CHỨC THỰC HIỆN",
        f"1. Các cơ quan, đơn vị, địa phương căn cứ Kế hoạch này tổ chức thực hiện, {child.report}.",
        "2. Trong quá trình thực hiện, nếu có khó khăn, vướng mắc, các cơ quan báo cáo để xem xét, giải quyết./.",
        "%recip Như trên;", "%recip Lưu: VT.", f"%sign TM. {upper}", "%sign CHỦ TỊCH",
    ]  # fmt: skip
    return to_txt(parse_text("\n".join(lines), "child"))


@dataclass
class Score:
    """What was planted and found, by kind, and what was found and not planted."""

    planted: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    false: list[str] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)
    children: int = 0


def judge(root: vnplan.Document, text: str, child: Child, name: str, score: Score) -> None:
    """Compare the findings about a child with what was planted in it."""
    document = vnplan.parse(text, name=name)
    findings = [f for f in vnplan.audit([root, document]).findings if f.child == document.id]
    score.children += 1
    explained = set()
    for kind, path in child.planted:
        score.planted[kind] += 1
        wanted, _, by = kind.partition(":")
        hits = [
            number for number, f in enumerate(findings)
            if f.finding == wanted and (not by or f.by == by)
            and (not path or (f.parent_evidence is not None and near(f.parent_evidence.path, path)))
        ]  # fmt: skip
        explained.update(
            number for number, f in enumerate(findings)
            if path and f.parent_evidence is not None and near(f.parent_evidence.path, path)
        )  # fmt: skip
        explained.update(hits)
        score.found[kind] += bool(hits)
        if not hits:
            score.missed.append(f"{name} {kind} {path}")
    for number, f in enumerate(findings):
        path = f.parent_evidence.path if f.parent_evidence else None
        if any(near(path, other) for other in child.left_out):
            continue
        if number not in explained and f.severity in ("high", "medium"):
            words = f.parent_evidence or f.child_evidence
            quote = f"{words.path or ''}: {words.quote[:90]}" if words else ""
            score.false.append(f"{name} {f.finding} {f.by or ''} {f.confidence} {quote}")


def near(path: str | None, planted: str) -> bool:
    """Tell whether a finding is about the item in which something was planted."""
    return path is not None and (path == planted or path.startswith(planted + ".") or planted.startswith(path + "."))


def run(
    families: Iterable[str] = (), *, changes: int = 5, rounds: int = 8, levels: Iterable[str] = ("province", "commune")
) -> dict[str, Score]:
    """Return the scores by family."""
    scores: dict[str, Score] = defaultdict(Score)
    for family, plan in roots(tuple(families)):
        root = vnplan.read(ROOT / "corpus" / plan.out)
        for level in levels:
            for turn in range(rounds):
                dice = random.Random(f"{family} {level} {turn} {changes}")
                child = make_child(plan, level, dice)
                kinds = list(KINDS)
                dice.shuffle(kinds)
                while kinds and len(child.planted) < changes:
                    plant(child, kinds.pop(), dice)
                judge(root, text_of(child, plan, turn, dice), child, f"{family}-{level}-{turn}", scores[family])
    return scores


def main() -> int:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("families", nargs="*", metavar="FAMILY")
    parser.add_argument("--changes", type=int, default=5)
    parser.add_argument("--rounds", type=int, default=8)
    parser.add_argument("--level", choices=("province", "commune"))
    parser.add_argument("--list", action="store_true", help="print what was missed and what was found wrongly")
    options = parser.parse_args()
    levels = (options.level,) if options.level else ("province", "commune")
    scores = run(options.families, changes=options.changes, rounds=options.rounds, levels=levels)
    planted, found = Counter[str](), Counter[str]()
    for score in scores.values():
        planted += score.planted
        found += score.found
    for kind in KINDS:
        if planted[kind]:
            print(f"{kind:<28} {found[kind]:>4} of {planted[kind]:<4} {found[kind] / planted[kind]:.3f}")
    for family, score in scores.items():
        print(f"{family}: {len(score.false)} false findings of high or medium severity in {score.children} children"
              f" = {len(score.false) / max(1, score.children):.2f} each")  # fmt: skip
        if options.list:
            print("\n".join(f"  missed {line}" for line in score.missed))
            print("\n".join(f"  false  {line}" for line in score.false))
    return 0


if __name__ == "__main__":
    sys.exit(main())
