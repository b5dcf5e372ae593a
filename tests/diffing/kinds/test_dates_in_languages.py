"""In which words a date is the document's own, and in which it is a term, in some forty languages."""

from __future__ import annotations

import pytest

from harvester.diffing import Kind, compare

PAGE = "# Policy\n\nKettle\n\n{}\n\nWe collect your name and keep it for two years.\n"
OWN = {
    "sv": (
        "3 maj 2021",
        "14 juni 2022",
        [
            "Senast uppdaterad: {}",
            "Senast ändrad {}",
            "Uppdaterad {}",
            "Gäller från och med {}",
            "Gäller från {}",
            "Ikraftträdandedatum: {}",
            "Version 2.1, {}",
        ],
    ),
    "da": (
        "3. maj 2021",
        "14. juni 2022",
        [
            "Sidst opdateret: {}",
            "Senest opdateret {}",
            "Sidst ændret {}",
            "Opdateret den {}",
            "Gælder fra {}",
            "Træder i kraft {}",
            "Ikrafttrædelsesdato: {}",
        ],
    ),
    "no": (
        "3. mai 2021",
        "14. juni 2022",
        [
            "Sist oppdatert: {}",
            "Sist endret {}",
            "Oppdatert {}",
            "Gjelder fra {}",
            "Trer i kraft {}",
            "Ikrafttredelse: {}",
        ],
    ),
    "fi": (
        "3. toukokuuta 2021",
        "14. kesäkuuta 2022",
        [
            "Päivitetty viimeksi: {}",
            "Viimeksi päivitetty {}",
            "Viimeksi muokattu {}",
            "Päivitetty {}",
            "Voimassa {} alkaen",
            "Voimaantulopäivä: {}",
        ],
    ),
    "is": ("3. maí 2021", "14. júní 2022", ["Síðast uppfært: {}", "Uppfært {}", "Gildir frá {}", "Tekur gildi {}"]),
    "et": (
        "3. mai 2021",
        "14. juuni 2022",
        ["Viimati uuendatud: {}", "Uuendatud {}", "Kehtib alates {}", "Jõustumiskuupäev: {}"],
    ),
    "lv": (
        "2021. gada 3. maijs",
        "2022. gada 14. jūnijs",
        ["Pēdējo reizi atjaunināts: {}", "Atjaunināts {}", "Spēkā no {}", "Stājas spēkā {}"],
    ),
    "lt": (
        "2021 m. gegužės 3 d.",
        "2022 m. birželio 14 d.",
        ["Paskutinį kartą atnaujinta: {}", "Atnaujinta {}", "Galioja nuo {}", "Įsigalioja nuo {}"],
    ),
    "pl": (
        "3 maja 2021 r.",
        "14 czerwca 2022 r.",
        [
            "Ostatnia aktualizacja: {}",
            "Data ostatniej aktualizacji: {}",
            "Zaktualizowano {}",
            "Obowiązuje od {}",
            "Wchodzi w życie {}",
            "Data wejścia w życie: {}",
        ],
    ),
    "cs": (
        "3. května 2021",
        "14. června 2022",
        [
            "Poslední aktualizace: {}",
            "Naposledy aktualizováno: {}",
            "Aktualizováno {}",
            "Účinné od {}",
            "Platné od {}",
            "Datum účinnosti: {}",
        ],
    ),
    "sk": (
        "3. mája 2021",
        "14. júna 2022",
        [
            "Posledná aktualizácia: {}",
            "Naposledy aktualizované: {}",
            "Aktualizované {}",
            "Účinné od {}",
            "Platné od {}",
            "Dátum účinnosti: {}",
        ],
    ),
    "sl": (
        "3. maj 2021",
        "14. junij 2022",
        [
            "Zadnja posodobitev: {}",
            "Nazadnje posodobljeno: {}",
            "Posodobljeno {}",
            "Velja od {}",
            "Datum začetka veljavnosti: {}",
        ],
    ),
    "hr": (
        "3. svibnja 2021.",
        "14. lipnja 2022.",
        [
            "Zadnje ažuriranje: {}",
            "Posljednje ažuriranje: {}",
            "Ažurirano {}",
            "Na snazi od {}",
            "Stupa na snagu {}",
            "Datum stupanja na snagu: {}",
        ],
    ),
    "sr": (
        "3. maj 2021.",
        "14. jun 2022.",
        ["Последње ажурирање: {}", "Poslednje ažuriranje: {}", "Ажурирано {}", "На снази од {}", "Ступа на снагу {}"],
    ),
    "mk": (
        "3 мај 2021",
        "14 јуни 2022",
        ["Последно ажурирање: {}", "Ажурирано {}", "Важи од {}", "Стапува на сила {}"],
    ),
    "bg": (
        "3 май 2021 г.",
        "14 юни 2022 г.",
        [
            "Последна актуализация: {}",
            "Последно обновена: {}",
            "Актуализирано на {}",
            "В сила от {}",
            "Влиза в сила на {}",
            "Дата на влизане в сила: {}",
        ],
    ),
    "ru": (
        "3 мая 2021 г.",
        "14 июня 2022 г.",
        [
            "Последнее обновление: {}",
            "Дата последнего обновления: {}",
            "Обновлено {}",
            "Действует с {}",
            "Вступает в силу {}",
            "Дата вступления в силу: {}",
            "Редакция от {}",
        ],
    ),
    "uk": (
        "3 травня 2021 р.",
        "14 червня 2022 р.",
        [
            "Останнє оновлення: {}",
            "Дата останнього оновлення: {}",
            "Оновлено {}",
            "Діє з {}",
            "Набирає чинності {}",
            "Набуває чинності {}",
            "Дата набрання чинності: {}",
        ],
    ),
    "be": ("3 мая 2021", "14 чэрвеня 2022", ["Апошняе абнаўленне: {}", "Абноўлена {}"]),
    "hu": (
        "2021. május 3.",
        "2022. június 14.",
        [
            "Utolsó frissítés: {}",
            "Utoljára frissítve: {}",
            "Frissítve: {}",
            "Hatályos: {}",
            "Hatályba lép: {}",
            "Hatálybalépés dátuma: {}",
            "Hatályos {}-tól",
        ],
    ),
    "ro": (
        "3 mai 2021",
        "14 iunie 2022",
        [
            "Ultima actualizare: {}",
            "Actualizat la {}",
            "Data ultimei actualizări: {}",
            "În vigoare de la {}",
            "Intră în vigoare la {}",
            "Valabil de la {}",
        ],
    ),
    "sq": ("3 maj 2021", "14 qershor 2022", ["Përditësimi i fundit: {}", "Përditësuar më {}", "Hyn në fuqi më {}"]),
    "el": (
        "3 Μαΐου 2021",
        "14 Ιουνίου 2022",
        [
            "Τελευταία ενημέρωση: {}",
            "Ενημερώθηκε στις {}",
            "Τελευταία τροποποίηση: {}",
            "Ημερομηνία έναρξης ισχύος: {}",
            "Ισχύει από {}",
        ],
    ),
    "tr": (
        "3 Mayıs 2021",
        "14 Haziran 2022",
        [
            "Son güncelleme: {}",
            "Son güncellenme tarihi: {}",
            "Güncellendi: {}",
            "Yürürlük tarihi: {}",
            "Yürürlüğe giriş: {}",
        ],
    ),
    "ja": (
        "2021年5月3日",
        "2022年6月14日",
        [
            "最終更新日：{}",
            "最終更新：{}",
            "更新日 {}",
            "改定日：{}",
            "{}改定",
            "{}制定",
            "{}施行",
            "発効日：{}",
            "{} より有効",
        ],
    ),
    "zh": (
        "2021年5月3日",
        "2022年6月14日",
        [
            "最后更新日期：{}",
            "最近更新：{}",
            "更新日期：{}",
            "更新时间：{}",
            "生效日期：{}",
            "发布日期：{}",
            "版本更新日期：{}",
            "本政策于{}生效",
        ],
    ),
    "zh-tw": (
        "2021年5月3日",
        "2022年6月14日",
        ["最後更新日期：{}", "最近更新：{}", "更新日期：{}", "生效日期：{}", "發布日期：{}", "修訂日期：{}"],
    ),
    "ko": (
        "2021년 5월 3일",
        "2022년 6월 14일",
        [
            "최종 업데이트: {}",
            "최종 수정일: {}",
            "최근 업데이트: {}",
            "시행일: {}",
            "시행일자: {}",
            "개정일: {}",
            "공고일자: {}",
        ],
    ),
    "th": (
        "3 พฤษภาคม 2564",
        "14 มิถุนายน 2565",
        ["อัปเดตล่าสุด: {}", "ปรับปรุงล่าสุด: {}", "แก้ไขล่าสุดเมื่อ {}", "วันที่มีผลบังคับใช้: {}", "มีผลบังคับใช้ตั้งแต่วันที่ {}", "มีผลตั้งแต่ {}"],
    ),
    "vi": (
        "ngày 3 tháng 5 năm 2021",
        "ngày 14 tháng 6 năm 2022",
        [
            "Cập nhật lần cuối: {}",
            "Ngày cập nhật: {}",
            "Cập nhật mới nhất: {}",
            "Có hiệu lực từ {}",
            "Ngày có hiệu lực: {}",
        ],
    ),
    "id": (
        "3 Mei 2021",
        "14 Juni 2022",
        [
            "Terakhir diperbarui: {}",
            "Pembaruan terakhir: {}",
            "Diperbarui pada {}",
            "Berlaku mulai {}",
            "Berlaku sejak {}",
            "Tanggal efektif: {}",
        ],
    ),
    "ms": ("3 Mei 2021", "14 Jun 2022", ["Kemas kini terakhir: {}", "Dikemas kini pada {}", "Berkuat kuasa pada {}"]),
    "ar": (
        "3 مايو 2021",
        "14 يونيو 2022",
        [
            "آخر تحديث: {}",
            "تاريخ آخر تحديث: {}",
            "تم التحديث في {}",
            "تاريخ السريان: {}",
            "تاريخ النفاذ: {}",
            "ساري المفعول من {}",
        ],
    ),
    "fa": (
        "۳ مه ۲۰۲۱",
        "۱۴ ژوئن ۲۰۲۲",
        ["آخرین به‌روزرسانی: {}", "تاریخ به‌روزرسانی: {}", "به‌روزرسانی شده در {}", "تاریخ اجرا: {}", "لازم‌الاجرا از {}"],
    ),
    "ur": ("3 مئی 2021", "14 جون 2022", ["آخری تازہ کاری: {}"]),
    "he": (
        "3 במאי 2021",
        "14 ביוני 2022",
        [
            "עודכן לאחרונה: {}",
            "עדכון אחרון: {}",
            "תאריך עדכון: {}",
            "בתוקף מיום {}",
            "תאריך תחילה: {}",
            "נכנס לתוקף ב-{}",
        ],
    ),
    "hi": (
        "3 मई 2021",
        "14 जून 2022",
        ["अंतिम अपडेट: {}", "अंतिम बार अपडेट किया गया: {}", "पिछला अपडेट: {}", "प्रभावी तिथि: {}", "{} से प्रभावी"],
    ),
    "ca": (
        "3 de maig de 2021",
        "14 de juny de 2022",
        ["Darrera actualització: {}", "Última actualització: {}", "En vigor des de {}"],
    ),
    "eu": ("2021eko maiatzaren 3a", "2022ko ekainaren 14a", ["Azken eguneratzea: {}"]),
}
"""Two dates, and lines that say that the document was updated on one, or is in force since."""

TERMS = [
    ("Uppdaterad lista gäller till {}", "3 maj 2021", "14 juni 2022"),
    ("Gælder indtil {}", "3. maj 2021", "14. juni 2022"),
    ("Voimassa {} asti", "3.5.2021", "14.6.2022"),
    ("Obowiązuje do {}", "3 maja 2021", "14 czerwca 2022"),
    ("Platné do {}", "3. května 2021", "14. června 2022"),
    ("Valabil până la {}", "3 mai 2021", "14 iunie 2022"),
    ("Ισχύει έως {}", "3 Μαΐου 2021", "14 Ιουνίου 2022"),
    ("{} tarihine kadar geçerli", "3 Mayıs 2021", "14 Haziran 2022"),
    ("更新は{}まで", "2021年5月3日", "2022年6月14日"),
    ("更新截至{}", "2021年5月3日", "2022年6月14日"),
    ("개정 {}까지", "2021년 5월 3일", "2022년 6월 14일"),
    ("Berlaku hingga {}", "3 Mei 2021", "14 Juni 2022"),
    ("Có hiệu lực đến {}", "ngày 3 tháng 5 năm 2021", "ngày 14 tháng 6 năm 2022"),
    ("{} तक प्रभावी", "3 मई 2021", "14 जून 2022"),
    ("มีผลจนถึงวันที่ {}", "3 พฤษภาคม 2564", "14 มิถุนายน 2565"),
    ("Velja do {}", "3. maja 2021", "14. junija 2022"),
    ("Galioja iki {}", "2021 m. gegužės 3 d.", "2022 m. birželio 14 d."),
    ("Hatályos {}-ig", "2021. május 3.", "2022. június 14."),
]


@pytest.mark.parametrize("language", OWN)
def test_the_date_beside_words_for_it_is_the_documents_own(language: str) -> None:
    one, other, lines = OWN[language]
    kinds = {line: compare(PAGE.format(line.format(one)), PAGE.format(line.format(other))).kind for line in lines}
    assert kinds == dict.fromkeys(lines, Kind.MINOR)


@pytest.mark.parametrize(("line", "one", "other"), TERMS)
def test_a_date_until_which_something_is_so_is_a_term(line: str, one: str, other: str) -> None:
    kind = compare(PAGE.format(line.format(one)), PAGE.format(line.format(other))).kind
    assert kind is Kind.SUBSTANTIVE


@pytest.mark.parametrize(("line", "one", "_other"), TERMS)
def test_a_line_of_such_a_date_that_comes_or_goes_is_a_term(line: str, one: str, _other: str) -> None:
    with_term, without = PAGE.format(line.format(one)), PAGE.format("")
    assert compare(with_term, without).kind is Kind.SUBSTANTIVE
    assert compare(without, with_term).kind is Kind.SUBSTANTIVE
