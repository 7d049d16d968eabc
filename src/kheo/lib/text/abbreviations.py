"""Holds the abbreviations of papers beside what they stand for, as groups that mean the same."""

from collections.abc import Iterable, Mapping

from kheo.lib.text.folding import fold

# Each line: the ways in which papers write one thing; several words stand in their order.
GROUPS: tuple[tuple[str, ...], ...] = (
    ("MTTQ", "UBMTTQ", "Mặt trận Tổ quốc"),
    ("UBND", "Ủy ban nhân dân"),
    ("HĐND", "Hội đồng nhân dân"),
    ("QP-AN", "QPAN", "Quốc phòng an ninh"),
    ("ANTT", "An ninh trật tự"),
    ("DVK", "Dân vận khéo"),
    ("BDV", "Ban Dân vận"),
    ("BDVTU", "Ban Dân vận Tỉnh ủy"),
    ("BTV", "Ban Thường vụ"),
    ("BCH", "Ban Chấp hành"),
    ("BCĐ", "Ban Chỉ đạo"),
    ("NTM", "Nông thôn mới"),
    ("LHPN", "Liên hiệp Phụ nữ"),
    ("CCB", "Cựu chiến binh"),
    ("ĐTN", "TNCS", "Đoàn Thanh niên"),
    ("ND", "Nông dân"),
    ("LĐLĐ", "Liên đoàn Lao động"),
    ("CT-XH", "CTXH", "Chính trị xã hội"),
    ("KT-XH", "KTXH", "Kinh tế xã hội"),
    ("VH-XH", "VHXH", "Văn hóa xã hội"),
    ("HTCT", "Hệ thống chính trị"),
    ("QCDC", "Quy chế dân chủ"),
    ("TDP", "Tổ dân phố"),
    ("KDC", "Khu dân cư"),
    ("TCCS", "Tổ chức cơ sở"),
    ("TCCSĐ", "Tổ chức cơ sở đảng"),
    ("HTX", "Hợp tác xã"),
    ("DTTS", "Dân tộc thiểu số"),
    ("BVMT", "Bảo vệ môi trường"),
    ("GTNT", "Giao thông nông thôn"),
    ("CCHC", "Cải cách hành chính"),
    ("MN", "Mầm non"),
    ("TH", "Tiểu học"),
    ("THCS", "Trung học cơ sở"),
    ("THPT", "Trung học phổ thông"),
    ("GDĐT", "GD-ĐT", "Giáo dục và Đào tạo"),
    ("VP", "Văn phòng"),
    ("TU", "Tỉnh ủy"),
    ("HU", "Huyện ủy"),
    ("ĐU", "Đảng ủy"),
    ("KH", "Kế hoạch"),
    ("HD", "Hướng dẫn"),
    ("QĐ", "Quyết định"),
    ("CT", "Chỉ thị"),
    ("BC", "Báo cáo"),
    ("CV", "Công văn"),
    ("NQ", "Nghị quyết"),
)

Words = tuple[str, ...]


def same_meaning(groups: Iterable[Iterable[str]] = GROUPS) -> Mapping[Words, tuple[Words, ...]]:
    """Return, for each way of writing as folded words, the other ways of its group.

    >>> same_meaning([("QP-AN", "Quốc phòng an ninh")])[("qp", "an")]
    (('quoc', 'phong', 'an', 'ninh'),)
    """
    others: dict[Words, tuple[Words, ...]] = {}
    for group in groups:
        ways = tuple(dict.fromkeys(tuple(fold(way).split()) for way in group))
        for way in ways:
            told = tuple(other for other in ways if other != way)
            others[way] = tuple(dict.fromkeys((*others.get(way, ()), *told)))
    return others
