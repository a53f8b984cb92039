"""Tables of tasks of different construction, and what each of them says."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from table_writers import Cell, Sample

J = " tỉnh Lạng Sơn"


def _names(*names: str) -> tuple[str, ...]:
    return tuple(
        name + J if name.startswith(("Sở", "Văn phòng", "Công an", "Thanh tra", "Thư viện")) else name for name in names
    )


def task(
    words: str, lead: Sequence[str] = (), coordinating: Sequence[str] = (), deadline: str | None = None,
    product: str | None = None,
) -> tuple[Any, ...]:  # fmt: skip
    """Return a task as a sample expects it; the province of its own departments is supplied."""
    return words, _names(*lead), _names(*coordinating), deadline, product


DATABASE = (
    "Xây dựng cơ sở dữ liệu dùng chung về sách, báo, tạp chí của các thư viện công cộng trên địa bàn "
    "tỉnh; kết nối với cơ sở dữ liệu của thư viện trường học; bảo đảm người đọc tra cứu được trên "
    "điện thoại ở mọi nơi, kể cả vùng sâu, vùng xa"
)
DATABASE_READY = (
    "Cơ sở dữ liệu dùng chung được nghiệm thu, bàn giao và đưa vào sử dụng tại tất cả các thư viện công cộng"
)
NEWS = (
    "Tổ chức tuyên truyền về văn hóa đọc trên báo, đài, cổng thông tin điện tử và hệ thống truyền "
    "thanh cơ sở bằng nhiều hình thức phù hợp với từng lứa tuổi, từng dân tộc, từng địa bàn dân cư"
)

TASK_TABLES: tuple[Sample, ...] = (
    Sample(
        "plain",
        (
            ("STT", "Nhiệm vụ", "Cơ quan chủ trì", "Cơ quan phối hợp", "Thời gian hoàn thành", "Sản phẩm"),
            ("I", Cell("Hoàn thiện thể chế", 1, 5)),
            (
                "1",
                "Ban hành quy chế quản lý kho sách số",
                "Sở Văn hóa, Thể thao và Du lịch",
                "Sở Tư pháp",
                "Tháng 6/2026",
                "Quy chế",
            ),
            ("2", "Sửa đổi nội quy phòng đọc", "Sở Nội vụ", "", "Quý III/2026", "Nội quy"),
            ("II", Cell("Phát triển hạ tầng", 1, 5)),
            (
                "1",
                "Lắp đặt đường truyền tại các phòng đọc",
                "Sở Khoa học và Công nghệ",
                "UBND các xã, phường; Sở Tài chính",
                "Trước ngày 30/11/2026",
                "Báo cáo nghiệm thu",
            ),
        ),
        tasks=(
            task(
                "Ban hành quy chế quản lý kho sách số",
                ["Sở Văn hóa, Thể thao và Du lịch"],
                ["Sở Tư pháp"],
                "2026-06",
                "Quy chế",
            ),
            task("Sửa đổi nội quy phòng đọc", ["Sở Nội vụ"], [], "2026-Q3", "Nội quy"),
            task(
                "Lắp đặt đường truyền tại các phòng đọc",
                ["Sở Khoa học và Công nghệ"],
                ["UBND các xã, phường", "Sở Tài chính"],
                "2026-11-30",
                "Báo cáo nghiệm thu",
            ),
        ),
    ),
    Sample(
        "sections with empty cells, a task over two rows",
        (
            (
                "TT",
                "Nội dung công việc",
                "Kết quả đầu ra",
                "Thời hạn",
                "Đơn vị chủ trì",
                "Phối hợp thực hiện",
                "Theo dõi, đôn đốc",
            ),
            ("I", "Công tác chỉ đạo", "", "", "", "", ""),
            (
                Cell("1", 2),
                Cell("Xây dựng kế hoạch số hóa tài liệu", 2),
                "Kế hoạch của tỉnh",
                "Tháng 01/2026",
                "Sở Nội vụ",
                "Sở Tài chính",
                "Văn phòng UBND tỉnh",
            ),
            ("Kế hoạch của cấp xã", "Tháng 02/2026", "UBND các xã, phường", "", "Văn phòng UBND tỉnh"),
            (
                "2",
                "Tổ chức sơ kết việc số hóa",
                "Báo cáo sơ kết",
                "Tháng 7/2026",
                "Văn phòng UBND tỉnh",
                "",
                "Sở Nội vụ",
            ),
            ("II", "Công tác kiểm tra", "", "", "", "", ""),
            ("1", "Kiểm tra kho lưu trữ", "Biên bản", "Tháng 9/2026", "Thanh tra tỉnh", "Sở Nội vụ", "Sở Nội vụ"),
        ),
        tasks=(
            task(
                "Xây dựng kế hoạch số hóa tài liệu",
                ["Sở Nội vụ", "UBND các xã, phường"],
                ["Sở Tài chính"],
                "2026-01",
                "Kế hoạch của tỉnh; Kế hoạch của cấp xã",
            ),
            task("Tổ chức sơ kết việc số hóa", ["Văn phòng UBND"], [], "2026-07", "Báo cáo sơ kết"),
            task("Kiểm tra kho lưu trữ", ["Thanh tra"], ["Sở Nội vụ"], "2026-09", "Biên bản"),
        ),
    ),
    Sample(
        "a header of two rows, and numbers of the columns",
        (
            (
                Cell("STT", 2),
                Cell("Nội dung", 2),
                Cell("Đơn vị thực hiện", 1, 2),
                Cell("Thời gian", 2),
                Cell("Ghi chú", 2),
            ),
            ("Chủ trì", "Phối hợp"),
            ("(1)", "(2)", "(3)", "(4)", "(5)", "(6)"),
            ("1", "Biên soạn sách nói cho người khiếm thị", "Sở Giáo dục và Đào tạo", "Sở Y tế", "Quý II/2026", ""),
            (
                "2",
                "Mở chuyên mục giới thiệu sách",
                "Sở Văn hóa, Thể thao và Du lịch",
                "Các sở, ban, ngành",
                "Hằng tháng",
                "Theo dự toán được giao",
            ),
        ),
        header=3,
        tasks=(
            task("Biên soạn sách nói cho người khiếm thị", ["Sở Giáo dục và Đào tạo"], ["Sở Y tế"], "2026-Q2"),
            task(
                "Mở chuyên mục giới thiệu sách", ["Sở Văn hóa, Thể thao và Du lịch"], ["các sở, ban, ngành"], "XXXX-XX"
            ),
        ),
    ),
    Sample(
        "one column for both sides",
        (
            ("TT", "Nhiệm vụ, giải pháp", "Cơ quan thực hiện", "Tiến độ"),
            (
                "1",
                "Tổ chức ngày hội đọc sách",
                "Sở Giáo dục và Đào tạo chủ trì, phối hợp Sở Văn hóa, Thể thao và Du lịch",
                "Tháng 4/2026",
            ),
            ("2", "Đào tạo cán bộ thư viện xã", "Chủ trì: Sở Nội vụ\nPhối hợp: UBND các xã, phường", "Tháng 5/2026"),
            ("3", "Cấp thẻ đọc miễn phí", "Sở Tài chính (chủ trì); Sở Y tế (phối hợp)", "Tháng 8/2026"),
            ("4", "Thu thập sách địa phương", "UBND các xã, phường", "Năm 2026"),
            ("5", "Bảo quản sách quý", "Sở Tư pháp; Sở Xây dựng phối hợp", "Năm 2026"),
        ),
        tasks=(
            task(
                "Tổ chức ngày hội đọc sách", ["Sở Giáo dục và Đào tạo"], ["Sở Văn hóa, Thể thao và Du lịch"], "2026-04"
            ),
            task("Đào tạo cán bộ thư viện xã", ["Sở Nội vụ"], ["UBND các xã, phường"], "2026-05"),
            task("Cấp thẻ đọc miễn phí", ["Sở Tài chính"], ["Sở Y tế"], "2026-08"),
            task("Thu thập sách địa phương", ["UBND các xã, phường"], [], "2026"),
            task("Bảo quản sách quý", ["Sở Tư pháp"], ["Sở Xây dựng"], "2026"),
        ),
    ),
    Sample(
        "merged cells of those who do it",
        (
            ("STT", "Nội dung", "Sản phẩm", "Chủ trì", "Phối hợp", "Thời gian thực hiện"),
            (
                "1",
                "Khảo sát nhu cầu đọc của học sinh",
                "Báo cáo khảo sát",
                Cell("Sở Giáo dục và Đào tạo", 3),
                Cell("UBND các xã, phường", 3),
                Cell("Quý I/2026", 3),
            ),
            ("2", "Lập danh mục sách cần mua", "Danh mục"),
            ("3", "Chọn điểm đặt tủ sách", ""),
            ("4", "Mua sách và phần mềm", "Hợp đồng", "Sở Tài chính", "", "Quý II/2026"),
        ),
        tasks=(
            task(
                "Khảo sát nhu cầu đọc của học sinh",
                ["Sở Giáo dục và Đào tạo"],
                ["UBND các xã, phường"],
                "2026-Q1",
                "Báo cáo khảo sát",
            ),
            task(
                "Lập danh mục sách cần mua", ["Sở Giáo dục và Đào tạo"], ["UBND các xã, phường"], "2026-Q1", "Danh mục"
            ),
            task("Chọn điểm đặt tủ sách", ["Sở Giáo dục và Đào tạo"], ["UBND các xã, phường"], "2026-Q1"),
            task("Mua sách và phần mềm", ["Sở Tài chính"], [], "2026-Q2", "Hợp đồng"),
        ),
    ),
    Sample(
        "marks for the same",
        (
            ("Số TT", "Hoạt động", "Thời gian", "Trách nhiệm thực hiện", "Đơn vị phối hợp"),
            ("1", "In tờ gấp giới thiệu thư viện số", "Tháng 3/2026", "Lãnh đạo Sở Tư pháp", "Sở Tài chính"),
            ("2", "Phát tờ gấp tại chợ phiên", "nt", "-nt-", "″"),
            ("3", "Treo áp phích tại nhà văn hóa thôn", "Như trên", "UBND các xã, phường", "-"),
        ),
        tasks=(
            task("In tờ gấp giới thiệu thư viện số", ["Sở Tư pháp"], ["Sở Tài chính"], "2026-03"),
            task("Phát tờ gấp tại chợ phiên", ["Sở Tư pháp"], ["Sở Tài chính"], "2026-03"),
            task("Treo áp phích tại nhà văn hóa thôn", ["UBND các xã, phường"], [], "2026-03"),
        ),
    ),
    Sample(
        "section rows that name who leads",
        (
            ("STT", "Nhiệm vụ cụ thể", "Thời hạn hoàn thành", "Kết quả"),
            ("I", Cell("Sở Y tế", 1, 3)),
            ("1", "Lập tủ sách sức khỏe tại trạm y tế", "Tháng 10/2026", "Tủ sách"),
            ("2", "Viết bài về dinh dưỡng", "Tháng 11/2026", "Bài viết"),
            ("II", Cell("Sở Nông nghiệp và Môi trường", 1, 3)),
            ("1", "Lập tủ sách khuyến nông", "Tháng 12/2026", "Tủ sách"),
        ),
        tasks=(
            task("Lập tủ sách sức khỏe tại trạm y tế", ["Sở Y tế"], [], "2026-10", "Tủ sách"),
            task("Viết bài về dinh dưỡng", ["Sở Y tế"], [], "2026-11", "Bài viết"),
            task("Lập tủ sách khuyến nông", ["Sở Nông nghiệp và Môi trường"], [], "2026-12", "Tủ sách"),
        ),
    ),
    Sample(
        "groups with rows below them, lists in cells",
        (
            ("TT", "Nhiệm vụ", "Cơ quan chủ trì", "Thời gian"),
            ("1", "Nhóm nhiệm vụ về nội dung số", "", ""),
            ("1.1", "- Số hóa sách địa chí;\n- Số hóa báo xuân", "Sở Văn hóa, Thể thao và Du lịch", "2026"),
            ("1.2", "Dịch truyện thiếu nhi sang tiếng Tày", "Sở Giáo dục và Đào tạo;\nSở Tư pháp", "2026"),
            ("2", "Nhóm nhiệm vụ về người đọc", "", ""),
            ("2.1", "Thi kể chuyện theo sách", "Sở Giáo dục và Đào tạo", "Tháng 11/2026"),
        ),
        tasks=(
            task("Số hóa sách địa chí; - Số hóa báo xuân", ["Sở Văn hóa, Thể thao và Du lịch"], [], "2026"),
            task("Dịch truyện thiếu nhi sang tiếng Tày", ["Sở Giáo dục và Đào tạo", "Sở Tư pháp"], [], "2026"),
            task("Thi kể chuyện theo sách", ["Sở Giáo dục và Đào tạo"], [], "2026-11"),
        ),
    ),
    Sample(
        "all kinds of times",
        (
            ("TT", "Công việc", "Cơ quan chủ trì", "Thời gian"),
            ("1", "Cập nhật thư mục", "Sở Nội vụ", "Thường xuyên"),
            ("2", "Sửa chữa giá sách", "Sở Nội vụ", "Quý II"),
            ("3", "Kiểm kê kho", "Sở Nội vụ", "Hằng năm"),
            ("4", "Thanh lý sách cũ", "Sở Nội vụ", "Trước 30/6"),
            ("5", "Tập huấn người dùng", "Sở Nội vụ", "Trong năm"),
            ("6", "Nâng cấp phần mềm", "Sở Nội vụ", "2026-2030"),
            ("7", "Báo cáo lượt đọc", "Sở Nội vụ", "Trước ngày 25 hằng tháng"),
            ("8", "Bàn giao phòng đọc", "Sở Nội vụ", "31/12"),
            ("9", "Rà soát bản quyền", "Sở Nội vụ", "6 tháng đầu năm"),
            ("10", "Hội nghị bạn đọc", "Sở Nội vụ", "Tháng 3 và tháng 9"),
            ("11", "Khai trương cổng sách", "Sở Nội vụ", "Quý I/2027"),
            ("12", "Ra mắt ứng dụng", "Sở Nội vụ", "Theo kế hoạch của Bộ"),
        ),
        tasks=tuple(
            task(words, ["Sở Nội vụ"], [], value)
            for words, value in (
                ("Cập nhật thư mục", None),
                ("Sửa chữa giá sách", "2026-Q2"),
                ("Kiểm kê kho", "XXXX"),
                ("Thanh lý sách cũ", "2026-06-30"),
                ("Tập huấn người dùng", "2026"),
                ("Nâng cấp phần mềm", "2026/2030"),
                ("Báo cáo lượt đọc", "XXXX-XX-25"),
                ("Bàn giao phòng đọc", "2026-12-31"),
                ("Rà soát bản quyền", "2026-H1"),
                ("Hội nghị bạn đọc", "2026-03"),
                ("Khai trương cổng sách", "2027-Q1"),
                ("Ra mắt ứng dụng", None),
            )
        ),
    ),
    Sample(
        "no numbers, long words",
        (
            ("Nội dung", "Cơ quan, đơn vị thực hiện", "Sản phẩm", "Thời gian"),
            (
                DATABASE,
                "Sở Khoa học và Công nghệ",
                DATABASE_READY,
                "Tháng 10/2026",
            ),
            (
                NEWS,
                "Sở Văn hóa, Thể thao và Du lịch",
                "Tin, bài, phóng sự được đăng, phát theo kế hoạch tuyên truyền đã được phê duyệt",
                "Tháng 12/2026",
            ),
        ),
        widths=(3, 2, 3, 1),
        tasks=(
            task(
                DATABASE,
                ["Sở Khoa học và Công nghệ"],
                [],
                "2026-10",
                DATABASE_READY,
            ),
            task(
                NEWS,
                ["Sở Văn hóa, Thể thao và Du lịch"],
                [],
                "2026-12",
                "Tin, bài, phóng sự được đăng, phát theo kế hoạch tuyên truyền đã được phê duyệt",
            ),
        ),
    ),
    Sample(
        "groups beside the tasks",
        (
            ("TT", "Nhóm nhiệm vụ", "Nhiệm vụ cụ thể", "Chủ trì", "Thời gian"),
            (Cell("1", 2), Cell("Phát triển sách nói", 2), "Thu âm sách giáo khoa", "Sở Nội vụ", "Tháng 5/2026"),
            ("Thu âm truyện cổ", "Sở Tư pháp", "Tháng 6/2026"),
            ("2", "Phát triển sách nổi", "In sách chữ nổi", "Sở Y tế", "Quý III/2026"),
        ),
        tasks=(
            task("Thu âm sách giáo khoa", ["Sở Nội vụ"], [], "2026-05"),
            task("Thu âm truyện cổ", ["Sở Tư pháp"], [], "2026-06"),
            task("In sách chữ nổi", ["Sở Y tế"], [], "2026-Q3"),
        ),
    ),
    Sample(
        "documents to be drafted",
        (
            (
                "STT",
                "Tên văn bản",
                "Hình thức văn bản",
                "Cơ quan chủ trì soạn thảo",
                "Phối hợp",
                "Cấp trình",
                "Thời gian trình",
            ),
            (
                "01",
                "Quy định mức chi mua sách",
                "Nghị quyết",
                "Sở Tài chính",
                "Sở Tư pháp",
                "HĐND tỉnh",
                "Tháng 6/2026",
            ),
            ("02", "Quy chế cho mượn sách", "Quyết định", "Sở Nội vụ", "Sở Y tế", "UBND tỉnh", "T9/2026"),
        ),
        tasks=(
            task("Quy định mức chi mua sách", ["Sở Tài chính"], ["Sở Tư pháp"], "2026-06", "Nghị quyết"),
            task("Quy chế cho mượn sách", ["Sở Nội vụ"], ["Sở Y tế"], "2026-09", "Quyết định"),
        ),
    ),
    Sample(
        "sections in sections, from when and until when",
        (
            ("TT", "Nội dung", "Cơ quan chủ trì", "Bắt đầu", "Kết thúc"),
            ("A", "PHÁT TRIỂN NỘI DUNG", "", "", ""),
            ("I", "Sách số", "", "", ""),
            ("1", "Số hóa sách Hán Nôm", "Sở Nội vụ", "Tháng 2/2026", "Tháng 8/2026"),
            ("II", "Sách giấy", "", "", ""),
            ("1", "Mua sách mới", "Sở Tài chính", "Tháng 3/2026", "Tháng 9/2026"),
            ("B", "PHÁT TRIỂN HẠ TẦNG", "", "", ""),
            ("1", "Sơn phòng đọc", "Sở Xây dựng", "Tháng 4/2026", "Tháng 5/2026"),
        ),
        tasks=(
            task("Số hóa sách Hán Nôm", ["Sở Nội vụ"], [], "2026-08"),
            task("Mua sách mới", ["Sở Tài chính"], [], "2026-09"),
            task("Sơn phòng đọc", ["Sở Xây dựng"], [], "2026-05"),
        ),
    ),
)
