"""The encoding of a page that declares none is guessed (docs/cleaner.md has how often as Chromium guesses it)."""

from __future__ import annotations

import pytest
from webencodings import lookup

from harvester.cleaner.encoding.decode import decode
from harvester.cleaner.encoding.guess import guess
from harvester.cleaner.encoding.scores import NO_LETTERS, scores

ENGLISH = "<p>We keep what you tell us for as long as the law allows us to, and not a day longer.</p>\n" * 12
POLICY = {
    "windows-1251": "Политика конфиденциальности. Мы храним ваши данные столько, сколько требует закон. " * 4,
    "koi8-r": "Политика конфиденциальности. Мы храним ваши данные столько, сколько требует закон. " * 4,
    "koi8-u": "Політика конфіденційності. Ми зберігаємо ваші дані стільки, скільки вимагає закон. " * 4,
    "shift_jis": "プライバシーポリシー。当社は、お客様の情報を法律で定められた期間保存します。" * 4,
    "euc-jp": "プライバシーポリシー。当社は、お客様の情報を法律で定められた期間保存します。" * 4,
    "gbk": "隐私政策。我们会在法律规定的期限内保存您的个人信息，并在到期后删除。" * 4,
    "big5": "隱私權政策。我們會在法律規定的期限內保存您的個人資料，並在到期後刪除。" * 4,
    "euc-kr": "개인정보 처리방침. 회사는 법률이 정한 기간 동안 이용자의 정보를 보관합니다. " * 4,
    "windows-1253": "Πολιτική απορρήτου. Διατηρούμε τα δεδομένα σας για όσο απαιτεί ο νόμος. " * 4,
    "windows-1255": "מדיניות פרטיות. אנו שומרים את המידע שלך כל עוד החוק מחייב זאת. " * 4,
    "windows-1256": "سياسة الخصوصية. نحتفظ ببياناتك طالما يتطلب القانون ذلك. " * 4,
    "windows-1254": "Gizlilik politikası. Kişisel verilerinizi kanunun gerektirdiği süre boyunca saklıyoruz; bize "
    "ulaşarak silinmesini isteyebilirsiniz. " * 4,
    "windows-1252": "Datenschutzerklärung. Wir speichern Ihre Daten, solange es das Gesetz für nötig hält. " * 4,
}


def page(text: bytes) -> bytes:
    return b"<html><head><title>Privacy</title></head><body><p>" + text + b"</p></body></html>"


@pytest.mark.parametrize("name", POLICY)
def test_a_whole_page_in_a_legacy_encoding_is_read_though_it_declares_none(name: str) -> None:
    assert POLICY[name] in decode(page(POLICY[name].encode(name)))


@pytest.mark.parametrize("text", [ENGLISH, "Müller & Cie – “quoted” – café", POLICY["windows-1251"], POLICY["gbk"]])
def test_undeclared_utf_8_is_read_as_windows_1252_as_chromium_reads_a_web_server(text: str) -> None:
    assert guess(page(text.encode())) == "windows-1252"


@pytest.mark.parametrize(
    ("name", "text", "guessed"),
    [
        ("iso-8859-13", "Privatumo politika. Jūsų duomenis saugome tiek, kiek reikalauja įstatymas. ", "windows-1257"),
        ("iso-8859-7", POLICY["windows-1253"], "windows-1253"),
    ],
)
def test_what_chromium_takes_for_the_encoding_of_windows_is_read_as_that(name: str, text: str, guessed: str) -> None:
    assert guess(page((text * 4).encode(name))) == guessed


@pytest.mark.parametrize(
    ("written", "text", "guessed"),
    [
        (
            "mac_roman",
            "Nous conservons vos données aussi longtemps que la loi l’exige, puis nous les effaçons. ",
            "windows-1252",
        ),
        (
            "mac_roman",
            "Wir speichern Ihre Daten, solange es das Gesetz für nötig hält; danach löschen wir sie. ",
            "windows-1252",
        ),
        ("iso-8859-2", "Vaše údaje uchováváme tak dlouho, jak vyžaduje zákon, a poté je vymažeme. ", "windows-1250"),
        ("iso-8859-16", "Păstrăm datele dumneavoastră atât timp cât cere legea, apoi le ștergem. ", "windows-1250"),
        ("iso-8859-4", "Mēs glabājam jūsu datus tik ilgi, cik to prasa likums, un pēc tam tos dzēšam. ", "iso-8859-4"),
        (
            "iso-8859-4",
            "Säilitame teie andmeid nii kaua, kui seadus seda nõuab, ja seejärel kustutame need. ",
            "windows-1252",
        ),
        ("iso-8859-3", "Inżommu d-data tiegħek sakemm titlob il-liġi, u mbagħad inħassruha. ", "iso-8859-2"),
        ("iso-8859-10", "Við geymum gögnin þín eins lengi og lög krefjast og eyðum þeim síðan. ", "windows-1252"),
    ],
)
def test_a_latin_page_is_taken_for_what_chromium_takes_it_for(written: str, text: str, guessed: str) -> None:
    assert guess(page((text * 6).encode(written))) == guessed


@pytest.mark.parametrize(
    ("written", "text", "guessed"),
    [
        (
            "iso-8859-2",
            "Vaše údaje uchováváme tak dlouho, jak vyžaduje zákon, a poté je vymažeme. " * 4,
            "windows-1250",
        ),
        (
            "iso-8859-2",
            "Vaše údaje uchovávame tak dlho, ako vyžaduje zákon, a potom ich vymažeme. " * 4,
            "windows-1250",
        ),
        ("iso-8859-16", "PĂSTRĂM DATELE DUMNEAVOASTRĂ ATÂT TIMP CÂT CERE LEGEA, APOI LE ȘTERGEM. " * 4, "windows-1252"),
        ("iso-8859-13", "Šalių teisės ir pareigos išlieka. ", "windows-1257"),
        ("windows-1257", "ŠALIŲ TEISĖS IR PAREIGOS IŠLIEKA. " * 2, "windows-1254"),
        ("windows-1254", "SORULARINIZ IÇIN BIZE AŞAĞIDAKI ADRESTEN ULAŞABILIRSINIZ. " * 2, "windows-1254"),
        ("windows-1253", "Ο χρήστης αποδέχεται τους όρους της υπηρεσίας. Άρθρο πρώτο: ορισμοί. ", "windows-1253"),
        (
            "iso-8859-7",
            "Η ΕΤΑΙΡΕΊΑ ΔΕΝ ΕΥΘΎΝΕΤΑΙ ΓΙΑ ΆΜΕΣΕΣ Ή ΈΜΜΕΣΕΣ ΖΗΜΊΕΣ. "
            "ΔΙΑΤΗΡΟΎΜΕ ΤΑ ΔΕΔΟΜΈΝΑ ΣΑΣ ΓΙΑ ΌΣΟ ΑΠΑΙΤΕΊ Ο ΝΌΜΟΣ ΚΑΙ ΜΕΤΆ ΤΑ ΔΙΑΓΡΆΦΟΥΜΕ. ",
            "iso-8859-7",
        ),
    ],
)
def test_encodings_that_are_nearly_alike_are_told_apart_as_chromium_tells_them(
    written: str, text: str, guessed: str
) -> None:
    assert guess(page(text.encode(written))) == guessed


@pytest.mark.parametrize("encoding", ["utf-8", "windows-1252", "latin-1"])
def test_an_english_page_with_a_foreign_letter_is_windows_1252(encoding: str) -> None:
    assert guess(page((ENGLISH + "<p>© Müller, café</p>").encode(encoding))) == "windows-1252"


@pytest.mark.parametrize(
    ("name", "company"),
    [
        ("gbk", "北京国际网络科技有限公司"),
        ("shift_jis", "株式会社日本通信サービス"),
        ("windows-1251", "Общество Рога и Копыта"),
        ("ibm866", "Общество Рога и Копыта"),
    ],
)
def test_a_company_of_another_script_decides_in_an_english_page(name: str, company: str) -> None:
    body = page(ENGLISH.encode() + b"<p>Beijing " + company.encode(name) + b" Ltd.</p>" + ENGLISH.encode())
    assert guess(body) == name


def test_a_title_in_another_encoding_than_the_text_does_not_decide() -> None:
    title = b"<html><head><title>" + POLICY["windows-1251"][:40].encode("koi8-r") + b"</title></head><body>"
    assert guess(title + POLICY["shift_jis"].encode("shift_jis")) == "shift_jis"


def test_where_the_beginning_leaves_doubt_the_whole_page_decides() -> None:
    greek = POLICY["windows-1253"].replace("Πολιτική", "Άρθρο")
    assert guess(page(greek.encode("iso-8859-7"))) == "iso-8859-7"
    assert guess(page(greek.encode("cp1253") * 12)) == "windows-1253"


def test_thai_with_quotation_marks_is_read_as_chromium_reads_it() -> None:
    thai = "นโยบายความเป็นส่วนตัว เราเก็บข้อมูลของคุณตราบเท่าที่กฎหมายกำหนด "
    assert guess(page((thai * 3).encode("cp874"))) == "windows-874"
    assert guess(page(("“นโยบาย” " + thai).encode("cp874"))) == "windows-1252"


def test_there_is_a_figure_for_each_byte_in_each_encoding() -> None:
    figures = scores()
    assert [found.name for name in figures.names if (found := lookup(name))] == list(figures.names)
    assert [len(table) for table in figures.tables] == [NO_LETTERS + 1] * 4
    assert {len(said) for table in figures.tables for said in table} == {len(figures.names)}
    assert all(first >= 0x80 and 0 <= number < len(figures.names) for (first, _), number in figures.likely.items())
    assert all(len(three) == 3 and 0 <= kind < 3 for three, kind in figures.letters.items())


def test_what_a_page_declares_is_not_guessed() -> None:
    body = b'<meta charset="koi8-r">' + page(POLICY["windows-1251"].encode("koi8-r"))
    assert POLICY["windows-1251"] in decode(body)
    assert decode(b"caf\xe9", "text/html; charset=windows-1251") == "cafй"


def test_bytes_without_any_meaning_are_read_all_the_same() -> None:
    assert guess(b"") == "windows-1252"
    assert guess(bytes(range(256)) * 8)
    assert guess(b"\xff" * 100_000)
