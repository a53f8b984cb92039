"""Files that hold more than one document: what a decision issues, what stands behind a submission."""

from __future__ import annotations

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

import vnplan
from vnplan.report.records import document_record, encode

SUBMISSION = """ỦY BAN NHÂN DÂN TỈNH LẠNG SƠN
CÔNG AN TỈNH

Số: 45/TTr-CAT-PV01
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc

Lạng Sơn, ngày 12 tháng 02 năm 2026

TỜ TRÌNH
Về việc ban hành Kế hoạch phòng cháy năm 2026

Kính gửi: Ủy ban nhân dân tỉnh.

Căn cứ Quyết định số 77/QĐ-TTg ngày 05/12/2023 của Thủ tướng Chính phủ, Công an tỉnh kính trình như sau:
1. Sự cần thiết: nhiều khu dân cư chưa có đội chữa cháy.
2. Nội dung: dự thảo gồm hai phần.

Nơi nhận:
- Như trên;
- Lưu: VT.
GIÁM ĐỐC
Nguyễn Văn A

"""
DRAFT = """ỦY BAN NHÂN DÂN
TỈNH LẠNG SƠN
Số:      /KH-UBND
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Lạng Sơn, ngày      tháng 02 năm 2026

KẾ HOẠCH
Phòng cháy, chữa cháy trên địa bàn tỉnh năm 2026

Thực hiện Quyết định số 77/QĐ-TTg ngày 05/12/2023 của Thủ tướng Chính phủ, UBND tỉnh ban hành Kế hoạch như sau:
I. MỤC TIÊU
1. Phấn đấu 95% hộ gia đình có bình chữa cháy.
II. NHIỆM VỤ
1. Công an tỉnh chủ trì tuyên truyền phòng cháy trước ngày 30/6.
2. Sở Y tế chủ trì tập huấn cấp cứu.

Nơi nhận:
- Bộ Công an;
- Lưu: VT.
TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH
Trần Văn B
"""
DECISION = """ỦY BAN NHÂN DÂN
TỈNH LẠNG SƠN
Số: 9/QĐ-UBND
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Lạng Sơn, ngày 12 tháng 02 năm 2026

QUYẾT ĐỊNH
Ban hành Kế hoạch phòng cháy năm 2026

Căn cứ Luật Tổ chức chính quyền địa phương;
QUYẾT ĐỊNH:
Điều 1. Ban hành kèm theo Quyết định này Kế hoạch phòng cháy năm 2026.
Điều 2. Quyết định có hiệu lực từ ngày ký.

Nơi nhận:
- Như Điều 2;
- Lưu: VT.
CHỦ TỊCH
Trần Văn B

ỦY BAN NHÂN DÂN
TỈNH LẠNG SƠN
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc

KẾ HOẠCH
Phòng cháy năm 2026
(Ban hành kèm theo Quyết định số 9/QĐ-UBND ngày 12/02/2026 của Ủy ban nhân dân tỉnh)

I. MỤC TIÊU
1. Phấn đấu 95% hộ gia đình có bình chữa cháy.

DANH MỤC CÔNG TRÌNH
(Kèm theo Kế hoạch phòng cháy năm 2026)
1. Trạm bơm số 1.
"""
FORM = """Phụ lục
MẪU BÁO CÁO
(Kèm theo Tờ trình số 45/TTr-CAT-PV01)
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Lạng Sơn, ngày 01 tháng 02 năm 2026

BÁO CÁO
Kết quả phòng cháy

1. Kết quả đạt 50%.
"""


def test_a_draft_behind_a_submission_is_a_document_of_its_own():
    document = vnplan.parse(SUBMISSION + DRAFT)
    assert [(one.header.kind, one.header.number) for one in document.split] == [
        ("submission", "45/TTr-CAT-PV01"),
        ("plan", None),
    ]
    (part,) = document.parts
    assert part.separate
    assert (part.header.issuer, part.header.date, part.header.period) == ("UBND tỉnh Lạng Sơn", "2026-02", "2026")
    assert part.header.signatory is not None and part.header.signatory.name == "Trần Văn B"
    assert part.id == document.split[1].id != document.id


def test_recipients_of_a_submission_end_before_the_letterhead_of_the_draft():
    header = vnplan.parse(SUBMISSION + DRAFT).header
    assert header.recipients == ("Như trên", "Lưu: VT")
    assert header.signatory is not None and header.signatory.name == "Nguyễn Văn A"


def test_the_whole_file_holds_what_each_of_its_documents_says():
    document = vnplan.parse(SUBMISSION + DRAFT)
    alone = vnplan.parse(DRAFT)
    assert [target.path for target in document.targets] == [target.path for target in alone.targets] == ["I.1"]
    assert [(t.path, t.lead) for t in document.tasks if t.path.startswith("II")] == [
        (t.path, t.lead) for t in alone.tasks
    ]
    task = next(task for task in document.tasks if task.path == "II.1")
    assert task.deadline is not None and document.deadlines[task.deadline].value == "2026-06-30"
    relations = [(r.relation, r.path) for r in document.references]
    assert relations == [("basis", None), ("implements", "KẾ HOẠCH")]


def test_spans_and_parents_of_a_joined_document_lead_to_its_own_words():
    document = vnplan.parse(SUBMISSION + DRAFT)
    node = next(i for i, section in enumerate(document.sections) if section.path == "KẾ HOẠCH")
    below = [section.path for section in document.sections if section.parent == node]
    assert below == ["I", "II"]
    for section in document.sections:
        words = document.text.clean[section.start : section.end]
        assert document.quote(document.text.span(section.start, section.end)).split() == words.split()
        assert not section.label or words.startswith(section.label)
    assert document.quote(document.targets[0].span) == "Phấn đấu 95% hộ gia đình có bình chữa cháy"


def test_paths_that_two_documents_share_begin_with_the_type_of_the_second():
    carrier = SUBMISSION.replace("1. Sự cần thiết", "I. Sự cần thiết").replace("2. Nội dung", "II. Nội dung")
    document = vnplan.parse(carrier + DRAFT)
    paths = [section.path for section in document.sections]
    assert len(paths) == len(set(paths))
    assert "KẾ HOẠCH.II.1" in paths and document.targets[0].path == "KẾ HOẠCH.I.1"


def test_what_a_decision_issues_stays_a_part_of_it():
    document = vnplan.parse(DECISION)
    assert not document.split
    plan, list_ = document.parts
    assert (plan.header.kind, plan.header.subject, plan.header.issuer) == (
        "plan",
        "Phòng cháy năm 2026",
        "UBND tỉnh Lạng Sơn",
    )
    assert not plan.separate and plan.id == f"{document.id}:annex;1"
    assert document.quote(plan.span).startswith("ỦY BAN NHÂN DÂN\nTỈNH LẠNG SƠN\nCỘNG HÒA")
    assert list_.header.kind == "appendix" and document.quote(list_.span).startswith("DANH MỤC CÔNG TRÌNH")
    assert [target.path for target in document.targets] == ["I.1"]


def test_a_form_in_an_appendix_is_no_document():
    document = vnplan.parse(SUBMISSION + FORM)
    assert not document.split
    assert [part.header.kind for part in document.parts] == ["appendix"]


def test_a_letter_that_quotes_the_motto_in_its_body_is_one_document():
    words = "3. Thể thức: quốc hiệu ghi CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM ở trên cùng.\n\nNơi nhận:"
    assert not vnplan.parse(SUBMISSION.replace("Nơi nhận:", words)).split


def test_a_second_letterhead_with_a_number_begins_a_document_where_nobody_signed_the_first():
    first = SUBMISSION[: SUBMISSION.index("Nơi nhận:")]
    document = vnplan.parse(first + DRAFT.replace("Số:      /", "Số: 18/"))
    assert [one.header.number for one in document.split] == ["45/TTr-CAT-PV01", "18/KH-UBND"]


def test_a_second_letterhead_without_a_number_begins_none_where_nobody_signed_the_first():
    assert not vnplan.parse(SUBMISSION[: SUBMISSION.index("Nơi nhận:")] + DRAFT).split


def test_documents_that_lost_their_lines_are_told_apart():
    one = " ".join(DRAFT.replace("Số:      /", "Số: 18/").split())
    document = vnplan.parse(f"{one}\n{one.replace('18/', '19/')}")
    assert [text.text.clean[:18] for text in document.split] == ["ỦY BAN NHÂN DÂN TỈ"] * 2


def test_praise_behind_a_closing_is_no_form_that_hides_the_draft():
    document = vnplan.parse(SUBMISSION + "Biểu dương các xã đã làm tốt.\n\n" + DRAFT)
    assert [one.header.kind for one in document.split] == ["submission", "plan"]


def test_the_cascade_links_a_draft_to_its_submission_and_to_what_it_implements():
    cascade = vnplan.build_cascade([vnplan.parse(SUBMISSION + DRAFT)])
    draft = next(n for n in cascade.documents if isinstance(n, vnplan.Document) and n.header.kind == "plan")
    links = {(edge.relation, cascade.node(edge.parent).id.split(":")[-1]) for edge in cascade.parents(draft.id)}
    assert links == {("issued_with", "2026-02-12;45-ttr-cat-pv01"), ("implements", "2023-12-05;77-qd-ttg")}
    edge = next(edge for edge in cascade.edges if edge.relation == "issued_with")
    assert edge.evidence is not None and edge.evidence.quote.startswith("KẾ HOẠCH Phòng cháy")


def test_a_plan_in_a_file_of_its_own_is_linked_to_the_decision_that_issued_it():
    at = DECISION.index("ỦY BAN NHÂN DÂN", 20)
    cascade = vnplan.build_cascade([vnplan.parse(DECISION[:at], name="a"), vnplan.parse(DECISION[at:], name="b")])
    assert [edge.relation for edge in cascade.edges] == ["issued_with"]


def test_the_record_says_what_a_document_carries():
    record = msgspec.json.decode(encode(document_record(vnplan.parse(SUBMISSION + DRAFT))))
    (part,) = record["parts"]
    assert (part["relation"], part["separate"], part["header"]["kind"]) == ("issued_with", True, "plan")
    assert record["text"][part["span"][0] :].startswith("ỦY BAN NHÂN DÂN\nTỈNH LẠNG SƠN\nSố:")


PIECES = [*SUBMISSION.split("\n"), *DRAFT.split("\n"), *FORM.split("\n"), SUBMISSION, DRAFT, ""]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=40))
def test_any_mixture_of_documents_is_read_and_quotes_its_own_words(lines: list[str]):
    document = vnplan.parse("\n".join(lines))
    for part in document.parts:
        assert 0 <= part.span.start <= part.span.end <= len(document.source.text)
    paths = {section.path for section in document.sections}
    assert len(paths) == len(document.sections)
    for task in document.tasks:
        assert task.path in paths
        assert task.deadline is None or task.deadline < len(document.deadlines)
