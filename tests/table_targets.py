"""Tables of indicators of different construction, and what each of them says.

A target is (low, high, comparator, unit, horizon, baseline, population, outcome).
"""

from __future__ import annotations

from table_writers import Cell, Sample

TARGET_TABLES: tuple[Sample, ...] = (
    Sample(
        "indicators by year, what is and what shall be",
        (
            ("TT", "Tên chỉ tiêu", "ĐVT", "Hiện trạng 2024", "Năm 2026", "Năm 2030", "Cơ quan chủ trì"),
            ("I", "Hạ tầng", "", "", "", "", ""),
            ("1", "Tỷ lệ xã có thư viện số", "%", "35,5", ">= 80", "100", "Sở Khoa học và Công nghệ"),
            ("2", "Số phòng đọc đa phương tiện", "phòng", "4", "12", "Trên 30", "Sở Tài chính"),
            ("II", "Người đọc", "", "", "", "", ""),
            ("3", "Tỷ lệ học sinh có thẻ đọc", "%", "-", "60 - 65", "Trên 90%", "Sở Giáo dục và Đào tạo"),
            ("4", "Lượt tra cứu từ xa", "lượt", "1.200", "x", "15.000", ""),
        ),
        year="2026 - 2030",
        targets=(
            (80.0, 80.0, "at_least", "%", "2026", "35,5% năm 2024", "xã", "có thư viện số"),
            (100.0, 100.0, "equal", "%", "2030", "35,5% năm 2024", "xã", "có thư viện số"),
            (12.0, 12.0, "equal", "phòng", "2026", "4 năm 2024", "phòng đọc đa phương tiện", None),
            (30.0, 30.0, "above", "phòng", "2030", "4 năm 2024", "phòng đọc đa phương tiện", None),
            (60.0, 65.0, "range", "%", "2026", None, "học sinh", "có thẻ đọc"),
            (90.0, 90.0, "above", "%", "2030", None, "học sinh", "có thẻ đọc"),
            (15000.0, 15000.0, "equal", "lượt", "2030", "1.200 năm 2024", "Lượt tra cứu từ xa", None),
        ),
    ),
    Sample(
        "an aim to one year",
        (
            ("STT", "Chỉ tiêu", "Mục tiêu đến năm 2030"),
            ("1", "Tỷ lệ thôn có tủ sách", "Tối thiểu 85%"),
            ("2", "Tỷ lệ hồ sơ trễ hạn", "Dưới 2%"),
            ("3", "Xây dựng thói quen đọc", "Đạt yêu cầu"),
            ("4", "Tỷ lệ trường có thư viện", "95% trở lên"),
        ),
        year="2026 - 2030",
        targets=(
            (85.0, 85.0, "at_least", "%", "2030", None, "thôn", "có tủ sách"),
            (2.0, 2.0, "below", "%", "2030", None, "hồ sơ", "trễ hạn"),
            (95.0, 95.0, "at_least", "%", "2030", None, "trường", "có thư viện"),
        ),
    ),
    Sample(
        "years over columns of numbers and shares",
        (
            (
                Cell("TT", 2),
                Cell("Nội dung chỉ tiêu", 2),
                Cell("Năm 2026", 1, 2),
                Cell("Giai đoạn 2026-2030", 1, 2),
                Cell("Ghi chú", 2),
            ),
            ("Số lượng (tủ)", "Tỷ lệ (%)", "Số lượng (tủ)", "Tỷ lệ (%)"),
            ("1", "Tủ sách tại nhà văn hóa", "120", "40", "300", "100", ""),
            ("2", "Tủ sách tại trạm y tế", "25", "20,5", "110", "90", "Vùng cao"),
        ),
        header=2,
        year="2026 - 2030",
        targets=(
            (120.0, 120.0, "equal", "tủ", "2026", None, "Tủ sách tại nhà văn hóa", None),
            (40.0, 40.0, "equal", "%", "2026", None, "Tủ sách tại nhà văn hóa", None),
            (300.0, 300.0, "equal", "tủ", "2030", None, "Tủ sách tại nhà văn hóa", None),
            (100.0, 100.0, "equal", "%", "2030", None, "Tủ sách tại nhà văn hóa", None),
            (25.0, 25.0, "equal", "tủ", "2026", None, "Tủ sách tại trạm y tế", None),
            (20.5, 20.5, "equal", "%", "2026", None, "Tủ sách tại trạm y tế", None),
            (110.0, 110.0, "equal", "tủ", "2030", None, "Tủ sách tại trạm y tế", None),
            (90.0, 90.0, "equal", "%", "2030", None, "Tủ sách tại trạm y tế", None),
        ),
    ),
    Sample(
        "a unit in the header, parts of an indicator, a column of times",
        (
            ("TT", "Chỉ tiêu", "Chỉ tiêu giao (%)", "Thời hạn", "Đơn vị theo dõi"),
            ("1", "Tỷ lệ hộ dân tiếp cận sách số", "", "", ""),
            ("1.1", "Khu vực đô thị", "≥ 95", "2028", "Sở Xây dựng"),
            ("1.2", "Khu vực nông thôn", "70", "2030", "Sở Nông nghiệp và Môi trường"),
            ("2", "Tỷ lệ cán bộ thư viện được tập huấn", "100", "Hằng năm", "Sở Nội vụ"),
        ),
        year="2026 - 2030",
        targets=(
            (95.0, 95.0, "at_least", "%", "2028", None, "hộ dân Khu vực đô thị", "tiếp cận sách số"),
            (70.0, 70.0, "equal", "%", "2030", None, "hộ dân Khu vực nông thôn", "tiếp cận sách số"),
            (100.0, 100.0, "equal", "%", "2030", None, "cán bộ thư viện", "được tập huấn"),
        ),
    ),
    Sample(
        "points of an assessment",
        (
            ("STT", "Chỉ số thành phần", "Điểm tối đa", "Điểm tự đánh giá"),
            ("1", "Tỷ lệ kho sách được số hóa", "10", "8"),
            ("2", "Mức độ hài lòng của bạn đọc", "5", "4,5"),
        ),
    ),
    Sample(
        "what was reached",
        (
            ("STT", "Chỉ tiêu", "ĐVT", "Thực hiện năm 2023", "Thực hiện năm 2024", "So với cùng kỳ"),
            ("1", "Số sách mua mới", "cuốn", "300", "450", "150"),
            ("2", "Tỷ lệ sách được mượn", "%", "45", "60", "133"),
        ),
    ),
    Sample(
        "a title above the header",
        (
            (Cell("Đơn vị tính: %", 1, 4),),
            ("TT", "Chỉ tiêu", "Năm 2026", "Năm 2027"),
            ("1", "Tỷ lệ phòng đọc có máy tính", "50", "60"),
        ),
        header=2,
        targets=(
            (50.0, 50.0, "equal", "%", "2026", None, "phòng đọc", "có máy tính"),
            (60.0, 60.0, "equal", "%", "2027", None, "phòng đọc", "có máy tính"),
        ),
    ),
    Sample(
        "places in rows, indicators in columns",
        (
            (Cell("TT", 2), Cell("Xã, phường", 2), Cell("Chỉ tiêu giao năm 2026", 1, 2)),
            ("Số tủ sách", "Số máy tính"),
            ("1", "Xã Hữu Lũng", "5", "2"),
            ("2", "Phường Tam Thanh", "7", "3"),
        ),
        header=2,
        targets=(
            (5.0, 5.0, "equal", "tủ sách", "2026", None, "tủ sách Xã Hữu Lũng", None),
            (2.0, 2.0, "equal", "máy tính", "2026", None, "máy tính Xã Hữu Lũng", None),
            (7.0, 7.0, "equal", "tủ sách", "2026", None, "tủ sách Phường Tam Thanh", None),
            (3.0, 3.0, "equal", "máy tính", "2026", None, "máy tính Phường Tam Thanh", None),
        ),
    ),
    Sample(
        "an economy",
        (
            ("STT", "Chỉ tiêu", "Đơn vị tính", "Ước TH 2025", "KH 2026", "Kinh phí (triệu đồng)"),
            ("1", "GRDP bình quân đầu người", "Triệu đồng", "68", "75", ""),
            ("2", "Tỷ lệ giảm hộ nghèo", "%/năm", "1,2", "1 - 1,5", "250"),
            ("3", "Thu ngân sách trên địa bàn", "Tỷ đồng", "9.500", "Tăng 8%", "300"),
            ("", "Tổng cộng", "", "", "", "550"),
        ),
        targets=(
            (75.0, 75.0, "equal", "triệu đồng", "2026", "68 năm 2025", "GRDP bình quân đầu người", None),
            (1.0, 1.5, "range", "%", "2026", "1,2% năm 2025", "hộ nghèo", "giảm"),
            (8.0, 8.0, "increase_by", "%", "2026", "9.500 năm 2025", "Thu ngân sách trên địa bàn", None),
        ),
    ),
)
