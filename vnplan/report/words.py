"""What the codes of the model are called in the reports, Vietnamese and English side by side."""

from __future__ import annotations

from typing import Final, Literal, NamedTuple

Language = Literal["vi", "en"]


class Words(NamedTuple):
    """One thing said in both languages."""

    vi: str
    en: str

    def of(self, language: Language) -> str:
        """Return the words in ``language``."""
        return self.vi if language == "vi" else self.en


SEVERITIES: Final = {
    "high": Words("cao", "high"),
    "medium": Words("trung bình", "medium"),
    "low": Words("thấp", "low"),
    "info": Words("ghi nhận", "info"),
}
SEVERITY_ORDER: Final = {name: place for place, name in enumerate(SEVERITIES)}

FINDINGS: Final = {
    "weakened_target": Words("Chỉ tiêu bị hạ thấp", "Weakened target"),
    "unquantified_target": Words("Chỉ tiêu mất con số", "Target without its number"),
    "missing_target": Words("Thiếu chỉ tiêu", "Missing target"),
    "strengthened_target": Words("Chỉ tiêu cao hơn", "Strengthened target"),
    "added_target": Words("Chỉ tiêu bổ sung", "Added target"),
    "not_comparable": Words("Chỉ tiêu không so sánh được", "Target not comparable"),
    "missing_task": Words("Thiếu nhiệm vụ", "Missing task"),
    "narrowed_task": Words("Nhiệm vụ bị thu hẹp", "Narrowed task"),
    "unassigned_task": Words("Nhiệm vụ chưa giao cơ quan chủ trì", "Task without a lead agency"),
    "changed_lead": Words("Thay đổi cơ quan chủ trì", "Changed lead agency"),
    "added_task": Words("Nhiệm vụ bổ sung", "Added task"),
    "missing_deadline": Words("Thiếu thời hạn", "Missing deadline"),
    "later_deadline": Words("Lùi thời hạn", "Later deadline"),
    "parent_unavailable": Words("Văn bản cấp trên không có trong tập", "Parent not in the corpus"),
    "citation_mismatch": Words("Dẫn chiếu không khớp", "Citation mismatch"),
    "predates_parent": Words("Ban hành trước văn bản cấp trên", "Issued before its parent"),
    "superseded_parent": Words("Văn bản cấp trên đã bị thay thế", "Superseded parent"),
    "citation_cycle": Words("Dẫn chiếu vòng", "Citation cycle"),
    "blank_number": Words("Bỏ trống số văn bản", "Blank number"),
    "blank_date": Words("Bỏ trống ngày ban hành", "Blank date"),
    "two_versions": Words("Hai bản khác nhau của một văn bản", "Two versions of one document"),
}

BY: Final = {
    "value": Words("giá trị", "value"),
    "narrowed": Words("thu hẹp đối tượng", "narrower population"),
    "number": Words("số hiệu", "number"),
    "date": Words("ngày ban hành", "date"),
    "issuer": Words("cơ quan ban hành", "issuer"),
    "later": Words("lùi thời điểm", "later horizon"),
    "softer": Words("cam kết nhẹ hơn", "softer commitment"),
}

KINDS: Final = {
    "plan": Words("Kế hoạch", "Plan"),
    "decision": Words("Quyết định", "Decision"),
    "resolution": Words("Nghị quyết", "Resolution"),
    "directive": Words("Chỉ thị", "Directive"),
    "law": Words("Luật", "Law"),
    "code": Words("Bộ luật", "Code"),
    "ordinance": Words("Pháp lệnh", "Ordinance"),
    "decree": Words("Nghị định", "Decree"),
    "circular": Words("Thông tư", "Circular"),
    "joint circular": Words("Thông tư liên tịch", "Joint circular"),
    "conclusion": Words("Kết luận", "Conclusion"),
    "guideline": Words("Hướng dẫn", "Guideline"),
    "programme": Words("Chương trình", "Programme"),
    "scheme": Words("Đề án", "Scheme"),
    "project": Words("Dự án", "Project"),
    "strategy": Words("Chiến lược", "Strategy"),
    "official letter": Words("Công văn", "Official letter"),
    "telegram": Words("Công điện", "Telegram"),
    "notice": Words("Thông báo", "Notice"),
    "report": Words("Báo cáo", "Report"),
    "submission": Words("Tờ trình", "Submission"),
    "regulation": Words("Quy chế", "Regulation"),
    "appendix": Words("Phụ lục", "Appendix"),
    "other": Words("Văn bản", "Document"),
}

LEVELS: Final = {
    "central": Words("trung ương", "central"),
    "province": Words("cấp tỉnh", "province"),
    "district": Words("cấp huyện", "district"),
    "commune": Words("cấp xã", "commune"),
}

ROLES: Final = {
    "basis": Words("căn cứ", "basis"),
    "situation": Words("tình hình", "situation"),
    "purpose": Words("mục đích", "purpose"),
    "requirements": Words("yêu cầu", "requirements"),
    "viewpoint": Words("quan điểm", "viewpoint"),
    "objectives": Words("mục tiêu", "objectives"),
    "scope": Words("đối tượng, phạm vi", "scope"),
    "tasks": Words("nhiệm vụ", "tasks"),
    "budget": Words("kinh phí", "budget"),
    "organisation": Words("tổ chức thực hiện", "organisation"),
    "reporting": Words("báo cáo", "reporting"),
    "recipients": Words("nơi nhận", "recipients"),
    "signature": Words("chữ ký", "signature"),
    "appendix": Words("phụ lục", "appendix"),
}

RELATIONS: Final = {
    "implements": Words("thực hiện", "implements"),
    "basis": Words("căn cứ", "basis"),
    "follows_request": Words("theo đề nghị", "follows request"),
    "issued_with": Words("ban hành kèm theo", "issued with"),
    "amends": Words("sửa đổi, bổ sung", "amends"),
    "replaces": Words("thay thế", "replaces"),
    "repeals": Words("bãi bỏ", "repeals"),
    "continues": Words("tiếp tục thực hiện", "continues"),
    "mentions": Words("nhắc đến", "mentions"),
    "reports_on": Words("báo cáo về", "reports on"),
}

ITEMS: Final = {"targets": Words("chỉ tiêu", "targets"), "tasks": Words("nhiệm vụ", "tasks")}

LAYERS: Final = {
    "sections": Words("mục", "sections"),
    "references": Words("dẫn chiếu", "references"),
    "targets": Words("chỉ tiêu", "targets"),
    "tasks": Words("nhiệm vụ", "tasks"),
    "agencies": Words("cơ quan", "agencies"),
    "deadlines": Words("thời hạn", "deadlines"),
    "problems": Words("lưu ý khi đọc", "problems of reading"),
}

TEXT_FROM: Final = {
    "text": Words("tệp văn bản", "text file"),
    "pdf-text": Words("lớp chữ của PDF", "text layer of the PDF"),
    "ocr": Words("nhận dạng ký tự (OCR)", "character recognition (OCR)"),
    "docx": Words("tệp Word (docx)", "Word file (docx)"),
    "doc": Words("tệp Word cũ (doc)", "old Word file (doc)"),
    "html": Words("trang HTML", "HTML page"),
}

# What became of an item of the root in a document below it, with the sign that a matrix prints.
STATES: Final = {
    "kept": ("=", Words("giữ nguyên", "kept")),
    "stronger": ("+", Words("cao hơn", "stronger")),
    "softer": ("~", Words("diễn đạt nhẹ hơn", "hedged")),
    "weaker": ("↓", Words("thấp hơn", "weaker")),
    "narrowed": ("◐", Words("thu hẹp", "narrowed")),
    "later": ("→", Words("chậm hơn", "later")),
    "unquantified": ("?", Words("không còn con số", "without its number")),
    "missing": ("✗", Words("không có", "missing")),
    "open": ("·", Words("không đánh giá được", "nothing can be said")),
    "not compared": ("–", Words("không đối chiếu", "not compared")),
}

# Why a document, or one of its parents, was not compared.
REASONS: Final = {
    "article": Words(
        "là bài viết về văn bản, không phải bản thân văn bản",
        "it is an article about a document, not the document itself",
    ),
    "cut": Words(
        "chỉ đọc được một phần nội dung, nên không kết luận là thiếu",
        "only part of its text was read, so nothing is called missing",
    ),
    "empty": Words("không có nội dung đọc được", "it has no text that could be read"),
    "no-parent": Words(
        "không tìm thấy văn bản cấp trên mà văn bản này thực hiện",
        "no document that it implements was found",
    ),
    "root": Words("đứng đầu chuỗi: không dẫn văn bản cấp trên", "head of the cascade: it cites no parent"),
    "ghost": Words(
        "văn bản cấp trên được dẫn nhưng không có trong tập",
        "the parent is cited and not in the corpus",
    ),
    "parent-article": Words("văn bản cấp trên chỉ có bài viết đưa tin", "of the parent there is only an article"),
    "parent-cut": Words(
        "chỉ đọc được một phần văn bản cấp trên",
        "only part of the parent was read",
    ),
    "version": Words(
        "là một bản khác của văn bản này, không được đối chiếu",
        "it is another version of this document, which was not compared",
    ),
    "nothing": Words(
        "không có chỉ tiêu hoặc nhiệm vụ nào của cấp trên để đối chiếu",
        "the parent has no target or task to compare",
    ),
}

# Why a link has to be looked at again.
SUSPICIONS: Final = {
    "amended": Words("văn bản cấp trên đã được sửa đổi: xem lại", "the parent was amended: look again"),
    "replaced": Words("văn bản cấp trên đã bị thay thế: xem lại", "the parent was replaced: look again"),
    "repealed": Words("văn bản cấp trên đã bị bãi bỏ: xem lại", "the parent was repealed: look again"),
    "changed": Words(
        "nội dung cấp trên khác lần đọc trước: xem lại", "the parent reads otherwise than before: look again"
    ),
}

OTHER_TEXT: Final = Words("văn bản khác:", "another document:")
TOLD: Final = Words("theo văn bản viện dẫn", "as those who cite it say")
NOT_IN_CORPUS: Final = Words("không có trong tập", "not in the corpus")
BY_PROGRAMME: Final = Words("cùng chương trình", "same programme")
NO_NUMBER: Final = Words("(không số)", "(no number)")
SEEN_ABOVE: Final = Words("đã nêu", "shown elsewhere")


def say(table: dict[str, Words], code: str | None) -> Words:
    """Return what ``code`` is called, the code itself where the table does not know it."""
    if code is None:
        return Words("", "")
    return table.get(code) or Words(code, code)


def figure(value: float, language: Language, digits: int = 2) -> str:
    """Return a number in the writing of ``language``: 0,97 in Vietnamese, 0.97 in English."""
    written = f"{value:.{digits}f}"
    return written.replace(".", ",") if language == "vi" else written
