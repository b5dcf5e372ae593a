"""Kinds need evidence to be small: each pair here is what a reader would say of it, and says why."""

from __future__ import annotations

import json
from collections import defaultdict
from pathlib import Path

import pytest

from harvester.cleaner import clean, comparable_text
from harvester.diffing import Kind, compare
from harvester.diffing.kinds.same_words.slips import is_slip

PARAGRAPH = "We collect what you tell us when you open an account with us or write to our team."


STREETS = ("High STREET", "High Street")


def kind(old: str, new: str) -> Kind:
    """The kind of the change of one passage, between two that stay."""
    texts = (f"# Policy\n\n{PARAGRAPH}\n\n{passage}\n\nWe use cookies.\n" for passage in (old, new))
    return compare(*texts).kind


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("We keep your data for 30 days after that.", "We keep your data for 90 days after that."),
        ("Our service is not for children under 16.", "Our service is not for children under 13."),
        ("We do NOT sell your data via any channel.", "We do sell your data via any channel."),
        ("A fee of 5 is due.", "A fee of 5000 is due."),
        ("We share data with dpo@acme.example.", "We share data with ads@birch.example."),
        ("Contact us: company number 12345678.", "Contact us: company number 87654321."),
        ("Call us about account 1234 5678.", "Call us about account 8765 4321."),
        ("Contact us. You owe 1 000 000.", "Contact us. You owe 2 000 000."),
        ("It lasts for five years, and then goes on.", "It lasts for five years and then goes on."),
        ("Interest of 5% is due.", "Interest of 5 is due."),
        ("We may share your data.", "We will share your data."),
        ("We share data with Acme Ltd, 5 High Street, London.", "We share data with Zeta Inc, 5 High Street, London."),
        ("Acme Ltd, 5 High Street, London SW1A 1AA", "Zeta Ltd, 5 High Street, London SW1A 1AA"),
        ("Acme Ltd is registered under number 123456.", "Acme Ltd is registered under number 654321."),
        ("We rely on Article 6(1)(a) GDPR.", "We rely on Article 6(1)(f) GDPR."),
        ("Data from before 25 May 2018 is deleted.", "Data from before 25 May 2019 is deleted."),
        ("We ask for your content first.", "We ask for your consent first."),
        ("We share it with partners.", "We share it with a partner."),
        ("You have 2 weeks to object.", "You have 3 weeks to object."),
        ("We need four hours.", "We need for hours."),
        ("Write to 5-7.", "Write to 57."),
        ("Consent is valid until 1 May 2024.", "Consent is valid until 1 May 2026."),
        ("Gültig bis 1. Mai 2024.", "Gültig bis 1. Mai 2026."),
        ("Handelsregister HRB 12345", "Handelsregister HRB 54321"),
        ("Our company number is 866-555-0126 here.", "Our company number is 866-555-0192 here."),
        ("We keep 1000-2000 records of you.", "We keep 1000-3000 records of you."),
        ("We will give you notice of it.", "We will give you a statement of it."),
        ("We give it to all the partners.", "We give it to all partners."),
        ("We share it with our partners.", "We share it with partners."),
        ("We keep it for 5. Then we ask.", "We keep it for 6. Then we ask."),
        ("We may have updated this policy.", ""),
        ("You have thirty (30) days to object.", "You have sixty (60) days to object."),
        ("It is kept one year.", "It is kept 2 years."),
        ("A fee of $1,000 is due.", "A fee of $10,00 is due."),
        ("Contact us here.", "Contact the US here."),
        ("We share it with Acme (our partner) now.", "We share it with Acme now."),
        ("We log names.", "We log names (NM)."),
        ("We log names.", "We log names, telephone numbers of 10 digits."),
        ("We share it with our hosts.", "We share it with our hosts, ads@zeta.example."),
        ("You may object.", "You may not object at privacy@a.example."),
        ("Do write to privacy@a.example.", "Do not write to privacy@a.example."),
        ("You may object.", "You may object within 30 days at privacy@a.example."),
        ("Telephone: we keep it.", "Telephone: we keep it 1000000 seconds."),
        ("Our office is in Leeds.", "Our office is in Leeds, Zeta's at 0113 496 0000."),
        ("Effective Date: July 1, 2003 for sellers", "Effective: July 1, 2003 for buyers"),
        ("Privacy Officer: Acme Services GmbH, Berlin", "Privacy Officer: Zeta Services GmbH, Berlin"),
        ("Acme Ltd, Privacy Officer, 5 High Street", "Zeta Ltd, Privacy Officer, 5 High Street"),
        ("We have changed the way we share data.", ""),
        (
            "Write to Acme, 5 High Street, London SW1A 1AA, and ask.",
            "Write to Acme, 5 High Street, London SW1A 1AA, or Zeta, 7 King Street, Leeds LS1 4AB, and ask.",
        ),
        ("- ✓ Names are sold", "- ✗ Names are sold"),
        ("ООО «Акме», 115035, г. Москва, ул. Садовая, д. 82", "ООО «Зета», 115035, г. Москва, ул. Садовая, д. 82"),
        ("Standard clauses of 4 June 2021 apply.", "Standard clauses of 5 June 2021 apply."),
        (
            "The rights in this section are effective January 1, 2023 for those who live in Virginia.",
            "The rights in this section are effective July 1, 2023 for those who live in Virginia.",
        ),
        ("You can inspect it in Room 5.", "You can inspect it in Room 6."),
        ("A fine of 10000 Euro is due.", "A fine of 20000 Euro is due."),
        ("5 High Street, London SW1A 1AA, Acme Ltd", "5 High Street, London SW1A 1AA, Zeta Ltd"),
        ("Ihre Daten wurden verkauft.", "Ihre Daten würden verkauft."),
        ("## What we never sell", "## What we sell"),
        (
            "We took part in version 2.0 of the framework that our branch set up for consent.",
            "We took part in version 2.2 of the framework that our branch set up for consent.",
        ),
        (
            "Our privacy officer, 5 High Street, London SW1A 1AA, hears complaints; Meta gets logs.",
            "Our privacy officer, 5 High Street, London SW1A 1AA, hears complaints; Google gets logs.",
        ),
        ("Section 5 of the Data Protection Act applies.", "Section 7 of the Data Protection Act applies."),
        (
            "We are there Monday to Friday; we answer within 2 days.",
            "We are there Monday to Friday; we answer within 5 days.",
        ),
        ("Effective 1 May 2020 we sell your data.", "Effective 1 June 2020 we sell your data."),
        ("We reply within 9 to 17 hours.", "We reply within 8 to 18 hours."),
        ("我们不会向第三方提供您的信息。", "我们会向第三方提供您的信息。"),
        ("เราจะไม่เปิดเผยข้อมูล", "เราอาจเปิดเผยข้อมูล"),
        ("We keep it unless another licence applies.", "We keep it unless a licence applies."),
        ("You may ask for any copy of it.", "You may ask for a copy of it."),
        ("We tell you before each change of it.", "We tell you before the change of it."),
        ("You may give us the licence.", "You may give us licence."),
    ],
)
def test_words_without_evidence_that_they_matter_less_are_substantive(old: str, new: str) -> None:
    assert kind(old, new) is Kind.SUBSTANTIVE
    assert kind(new, old) is Kind.SUBSTANTIVE


DATES = [
    ("Stand: 3. Januar 2024", "Stand: 15. März 2025"),
    ("Dernière mise à jour : 3 janvier 2024", "Dernière mise à jour : 15 mars 2025"),
    ("Última actualización: 3 de enero de 2024", "Última actualización: 15 de marzo de 2025"),
    ("Ultimo aggiornamento: 3 gennaio 2024", "Ultimo aggiornamento: 15 marzo 2025"),
    ("Última atualização: 3 de janeiro de 2024", "Última atualização: 15 de março de 2025"),
    ("Laatst bijgewerkt: 3 januari 2024", "Laatst bijgewerkt: 15 maart 2025"),
    ("Ostatnia aktualizacja: 3 stycznia 2024", "Ostatnia aktualizacja: 15 marca 2025"),
    ("Senast uppdaterad: 3 januari 2024", "Senast uppdaterad: 15 mars 2025"),
    ("Son güncelleme: 3 Ocak 2024", "Son güncelleme: 15 Mart 2025"),
    ("Последнее обновление: 3 января 2024 г.", "Последнее обновление: 15 марта 2025 г."),
    ("آخر تحديث: 3 يناير 2024", "آخر تحديث: 15 مارس 2025"),
    ("עודכן לאחרונה: 3 בינואר 2024", "עודכן לאחרונה: 15 במרץ 2025"),
    ("अंतिम अपडेट: 3 जनवरी 2024", "अंतिम अपडेट: 15 मार्च 2025"),
    ("ปรับปรุงล่าสุด: 3 มกราคม 2567", "ปรับปรุงล่าสุด: 15 มีนาคม 2568"),
    ("最終更新日:2024年1月3日", "最終更新日:2025年3月15日"),
    ("시행일자: 2024년 1월 3일", "시행일자: 2025년 3월 15일"),
    ("更新日期:2024年1月3日", "更新日期:2025年3月15日"),
    ("Last updated: January 3, 2024", "Last updated: March 15, 2025"),
    ("Effective 01/03/2024", "Effective 15/03/2025"),
    ("This Privacy Policy applies from January 3, 2024.", "This Privacy Policy applies from March 15, 2025."),
    ("Monday, January 3, 2024, 10:15 am", "Friday, March 15, 2025, 9:07 pm"),
    ("As of January 3, 2024", "As of March 15, 2025"),
    ("Letzte Änderung: 01/2024", "Letzte Änderung: 03/2025"),
    ("Last updated: Jan. 3, 2024", "Last updated: Mar. 15, 2025"),
    ("Posledná aktualizácia: 3. januára 2024", "Posledná aktualizácia: 15. marca 2025"),
    ("Последна актуализация: 3 януари 2024 г.", "Последна актуализация: 15 март 2025 г."),
    ("Cập nhật lần cuối: 3 tháng 1 năm 2024", "Cập nhật lần cuối: 15 tháng 3 năm 2025"),
    ("Zadnje ažuriranje: 3. siječnja 2024.", "Zadnje ažuriranje: 15. ožujka 2025."),
    ("Darrera actualització: 3 de gener de 2024", "Darrera actualització: 15 de març de 2025"),
    ("改定日:令和6年1月3日", "改定日:令和7年3月15日"),
    ("تاريخ السريان: ٣ يناير ٢٠٢٤", "تاريخ السريان: ١٥ مارس ٢٠٢٥"),
    ("آخرین به‌روزرسانی: ۱۳ دی ۱۴۰۲", "آخرین به‌روزرسانی: ۲۵ اسفند ۱۴۰۳"),
    ("Huling na-update: Enero 3, 2024", "Huling na-update: Marso 15, 2025"),
    ("Stand: 3. Jan. 2024", "Stand: 15. Mär. 2025"),
    ("آخر تحديث: 3 كانون الثاني 2024", "آخر تحديث: 15 آذار 2025"),
    ("लागू होने की तारीख: 3 जनवरी 2024", "लागू होने की तारीख: 15 मार्च 2025"),
    ("อัพเดทล่าสุด ๓ มกราคม ๒๕๖๗", "อัพเดทล่าสุด ๑๕ มีนาคม ๒๕๖๘"),
    ("Deze privacyverklaring is opgesteld op 3 januari 2024.", "Deze privacyverklaring is opgesteld op 15 maart 2025."),
]

BELOW_THE_TEXT = [
    ("Inkrafttreten: 3. Januar 2024", "Inkrafttreten: 15. März 2025"),
    ("État au 3 janvier 2024", "État au 15 mars 2025"),
    ("Vigência: 03/01/2024", "Vigência: 15/03/2025"),
    ("Geldig vanaf 3 januari 2024", "Geldig vanaf 15 maart 2025"),
    ("Stan na 3 stycznia 2024 r.", "Stan na 15 marca 2025 r."),
    ("Revizyon Tarihi: 03/01/2024", "Revizyon Tarihi: 15/03/2025"),
    ("Дата: 3 января 2024 г.", "Дата: 15 марта 2025 г."),
    ("حُدّثت في ٣ يناير ٢٠٢٤م", "حُدّثت في ١٥ مارس ٢٠٢٥م"),
    ("מעודכן לתאריך 03/01/2024", "מעודכן לתאריך 15/03/2025"),
    ("ประกาศ ณ วันที่ 3 มกราคม 2567", "ประกาศ ณ วันที่ 15 มีนาคม 2568"),
]


@pytest.mark.parametrize(("old", "new"), BELOW_THE_TEXT)
def test_the_date_of_the_document_is_told_by_its_words_below_the_text_too(old: str, new: str) -> None:
    texts = (f"# Policy\n\n{PARAGRAPH}\n\n{line}\n" for line in (old, new))
    assert compare(*texts).kind is Kind.MINOR


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Geldig tot 3 januari 2024", "Geldig tot 15 maart 2025"),
        ("Data sprzedaży: 3 stycznia 2024 r. dla wszystkich", "Data sprzedaży: 15 marca 2025 r. dla wszystkich"),
        ("Дата рождения: 3 января 2024 г.", "Дата рождения: 15 марта 2025 г."),
    ],
)
def test_a_date_of_a_term_is_none_of_the_document(old: str, new: str) -> None:
    texts = (f"# Policy\n\n{PARAGRAPH}\n\n{line}\n" for line in (old, new))
    assert compare(*texts).kind is Kind.SUBSTANTIVE


@pytest.mark.parametrize(("old", "new"), DATES)
def test_the_date_of_the_document_alone_is_minor_in_every_language(old: str, new: str) -> None:
    for one, other in ((old, new), (new, old)):
        diff = compare(f"# Policy\n\n{one}\n\n{PARAGRAPH}\n", f"# Policy\n\n{other}\n\n{PARAGRAPH}\n")
        assert diff.kind is Kind.MINOR, diff.reasons
        assert any("date of the document" in reason for reason in diff.reasons)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("12 rue de la Paix, 75002 Paris", "5 avenue Foch, 69006 Lyon"),
        ("Acme GmbH, Lindenstraße 5, 10969 Berlin", "Acme GmbH, Hauptstraße 17, 80331 München"),
        ("Acme Ltd, 5 High Street, London SW1A 1AA", "Acme Ltd, Tower House, 7 King Street, London EC2N 4BQ"),
        ("Write to privacy@a.example at any time.", "Write to dpo@a.example at any time."),
        ("© 2023 Acme", "© 2025 Acme"),
        ("(c) 2023 – 2024 by Acme", "(c) 2023 – 2025 by Acme"),
        ("ООО «Акме», 115035, г. Москва, ул. Садовая, д. 82", "ООО «Акме», 119021, г. Москва, ул. Лесная, д. 16"),
        ("We use your email for this.", "We use your e-mail for this."),
        ("To opt out, write to us.", "To opt-out, write to us."),
        ("The organisation may honour it.", "The organization may honor it."),
        ("Мы учтём это.", "Мы учтем это."),
        ("Sections 4 and 5 apply.", "Sections 5 and 6 apply."),
        ("We don't share it.", "We do not share it."),
        ("You can't; we'll write.", "You cannot; we will write."),
        ("Data goes to the U.S. then.", "Data goes to the US then."),
        ("Write to privacy [at] a [dot] example.", "Write to privacy@a.example."),
        ("As set out in section 4 below.", "As set out in section 5 below."),
        ("This Policy came into force on 12 May 2014.", "This Policy came into force on 3 June 2016."),
        ("Write to Acme Ltd, 14 Harbour Road, Dublin 2.", "Write to Acme Ltd, 9 Mespil Road, Dublin 4."),
        ("Room 5, 12 Market Street, Leeds LS1 4AB", "Room 6, 12 Market Street, Leeds LS1 4AB"),
        ("Acme S.L., Calle Mayor 12, 28013 Madrid", "Acme S.L., Gran Vía 40, 28013 Madrid"),
        ("Acme A.Ş., Atatürk Caddesi No: 5, 34330 İstanbul", "Acme A.Ş., Bağdat Caddesi No: 77, 34710 İstanbul"),
        ("地址:北京市朝阳区建国路88号 邮编:100022", "地址:上海市浦东新区世纪大道100号 邮编:200120"),
        ("주소: 서울특별시 강남구 테헤란로 152 (역삼동)", "주소: 서울특별시 중구 을지로 65 (을지로2가)"),
        ("個人情報保護管理者:山田太郎", "個人情報保護管理者:佐藤花子"),
        ("Revision 4", "Revision 5"),
        ("Acme s.r.o., Dlouhá 5, 110 00 Praha 1", "Acme s.r.o., Krátká 9, 602 00 Brno"),
        ("Write to a@a.example or b@a.example.", "Write to c@a.example."),
        ("You can call +353 1 555 0199 for that.", "You can call +353 (0)1 555 0199 for that."),
        ("You may ask it of us at 866-555-0126 or by post.", "You may ask it of us at 1.866.555.0192 or by post."),
        ("Acme Inc.\n213 West 35th Street\nBoise, ID 83701", "Acme Inc.\n135 W 50th Street\nBoise, ID 83702"),
        (
            "Write to Acme by post at 3050 S. Delaware Street, Boise, ID 83701, or use this form.",
            "Write to Acme by post at One Kettle Way, Boise, ID 83701, or use this form.",
        ),
        (
            "The controller Acme, 71 Pan Drive, #20, Boise, ID 83701, explains how it uses your data here.",
            "The controller Acme, 2460 N. First St, Suite #100, Boise, ID 83702, explains how it uses your data here.",
        ),
        (
            "Ask the Privacy Coordinator, Eva Muster, in Boise.",
            "Ask the Privacy Coordinator, Ann-Marie Klar, in Boise.",
        ),
        ("Attn: Data Privacy Officer", "Attn: Data Privacy Manager"),
        (
            "You may write to us at The Pan Tower Third Floor, 20 Lid Street, London, EC2A 2RS. We answer soon.",
            "You may write to us at 1 Kettle Yard, Fourth Floor, London E1 6RS. We answer soon.",
        ),
        ("Agent de protection des données : a@a.example", "Délégué à la protection des données : a@a.example"),
        ("PRIVACY STATEMENT (10/2015)", "PRIVACY STATEMENT (1/2016)"),
        ("Last updated: December, 3 2013", "Last updated: February, 18 2014"),
        ("First-party cookies are used.", "First – party cookies are used."),
        ("3. 3\\. Mobile alerts reach you", "3. Mobile alerts reach you"),
        ("\\#\\#\\# 2.2. Your data with us", "Your data with us"),
        ("We use a) your name and b) your town.", "We use 1. your name and 2. your town."),
        ("This covers your Web Actvity with us.", "This covers your Web Activity with us."),
        ("Our externel auditors help us with it.", "Our external auditors help us with it."),
        (
            "Eva Muster\nPrivacy Officer\nAcme Corporation\n5 High Street\nLondon SW1A 1AA",
            "Jan Klar\nPrivacy Officer\nAcme Corporation\n5 High Street\nLondon SW1A 1AA",
        ),
        ("We use your these contacts to invite.", "We use these contacts to invite."),
        ("You keep it unless a another licence applies.", "You keep it unless another licence applies."),
        ("We tell you before the each change of it.", "We tell you before each change of it."),
        ("You have thirty (30) days to object.", "You have 30 days to object."),
        ("You have twenty-one days to object.", "You have 21 days to object."),
        ("A fee of $1,000 is due.", "A fee of $1000 is due."),
        ("Data stays in the United States.", "Data stays in the U.S."),
        ("Interest of 5% is due.", "Interest of 5 percent is due."),
        ("We use cookies & beacons of your info.", "We use cookies and beacons of your information."),
        ("We log IP addresses.", "We log Internet Protocol (IP) addresses."),
        ('The European Union ("EU") rules apply.', "The European Union rules apply."),
        ("If you'd like it, ask.", "If you would like it, ask."),
        ("Effective Date: July 1, 2003", "Effective: July 1, 2004"),
        ("Last updated 1-Jan-08", "Last updated 3-Mar-09"),
        ("Last update: Jan '09", "Last update: Mar '10"),
        ("Version date: 20080101", "Version date: 20090301"),
        ("Wir haben unsere Datenschutzerklärung aktualisiert. Klicken Sie hier, um die neue Fassung zu lesen.", ""),
        (
            "Nous avons mis à jour notre politique de confidentialité. Cliquez ici pour consulter la nouvelle version.",
            "",
        ),
        ("Hemos actualizado nuestra política de privacidad. Haga clic aquí para ver la nueva versión.", ""),
        ("Abbiamo aggiornato la nostra informativa sulla privacy. Fai clic qui per leggere la nuova versione.", ""),
        ("We hebben onze privacyverklaring bijgewerkt. Klik hier om de nieuwe versie te bekijken.", ""),
        ("Atualizamos a nossa política de privacidade. Clique aqui para ver a nova versão.", ""),
        ("プライバシーポリシーを更新しました。新しいバージョンを確認するには、こちらをクリックしてください。", ""),
        ("Our Privacy Policy has been updated. Please read our summary of the changes.", ""),
        ("This Policy says how others' policies differ.", "This Statement says how others' statements differ."),
        ("Acme Inc., P.O. Box 1234, Boise, ID 83701", "Acme Inc., P.O. Box 98, Reno, NV 89501"),
        ("Tel.: 030 / 12 34 56 - 0", "Tel.: +49 (0)30 123456-0"),
        ("Write to privacy AT a DOT example.", "Write to privacy@a.example."),
        ("Opening hours: Mon-Fri 9am-5pm", "Opening hours: Mon-Fri 8am-6pm"),
        ("Our naive reading in a cafe.", "Our naïve reading in a café."),
        ("Die Daten sind fuer alle.", "Die Daten sind für alle."),
        ("We are for LGBTQ+ people.", "We are for LGBTQIA+ people."),
        ("We use e.g. names.", "We use, e.g., names."),
        ("## How do we use data?", "## How we use data"),
        ("Wie in Ziffer 4 beschrieben.", "Wie in Ziffer 5 beschrieben."),
        ("We keep your infomation. All information is safe.", "We keep your information. All information is safe."),
        ("We recieve your data.", "We receive your data."),
        ("You can can write to us.", "You can write to us."),
        ("This explains how Acme handlesPersonal data.", "This explains how Acme handles Personal data."),
        ("You may write to us or call.", "You may write to us or call"),
        ("We use names, ages and towns.", "We use names, ages, and towns."),
        (
            "Data protection officer: Dr. Eva Muster, dpo@a.example",
            "Data protection officer: Dr. Jan Klar, dpo@a.example",
        ),
        ("Your rights: [here](mailto:privacy@a.example)", "Your rights: [here](https://a.example/form)"),
        ("To opt out, see your choices.", "To opt out, see [your choices](https://a.example/choices)."),
        (
            "Acme, SAS au capital de 5 000 €, dont le siège est à Lyon. SIREN 123 456 789.",
            "Acme, SAS au capital de 5 000 €, dont le siège est à Lyon. Téléphone 06 00 00 00 00 SIREN 123 456 789.",
        ),
        (
            "With questions you may [contact us](mailto:privacy@a.example).",
            "With questions you may contact us at [privacy@a.example](mailto:privacy@a.example).",
        ),
        ("You may object at privacy@a.example.", "You may object."),
        (
            "We share data with partners: write to us at privacy@a.example.",
            "We share data with partners: write to us at.",
        ),
        ("This agreemennt holds.", "This agreement holds."),
        ("Last updated: May 1, 2020", "Last updated: May 1 2020"),
        ("Sie können widersprechen.", "Sie können unter datenschutz@a.example widersprechen."),
        ("Our office is in Leeds.\n\nYour rights", "Our office is in Leeds.\n\nPhone\n\n0113 496 0000\n\nYour rights"),
    ],
)
def test_what_alters_nothing_that_matters_is_minor(old: str, new: str) -> None:
    assert kind(old, new) is Kind.MINOR
    assert kind(new, old) is Kind.MINOR


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("## How We Use Your Data", "HOW WE USE YOUR DATA"),
        ("Acme - our service", "Acme — our service"),
        ("and so on...", "and so on…"),
        ('the "Service"', "the « Service »"),
        ("the “Service”", 'the "Service"'),
        ("30天,", "30天，"),
        ("We use Github.", "We use GitHub."),
        ("• Your name", "* Your name"),
        ("re\u0301gime", "régime"),
        ("our ﬁle and oﬃce", "our file and office"),
        ("a\u200bddress and \u200etext\u00ad", "address and text"),
        (
            "See [our page](https://a.example/privacy-policy).",
            "See [our page](https://a.example/legal/privacy-policy/).",
        ),
        ("[Opt out](https://a.example/out?hl=en)", "[Opt out](https://a.example/out?hl=de)"),
        ("[Contact us](https://a.example/contact)", "[Contact us](https://www.a.example/contact)"),
        ("Write to [us](mailto:x@a.example?subject=Hi).", "Write to [us](mailto:x@a.example)."),
        ("## + Your rights", "## Your rights"),
        ("We donâ€™t sell it.", "We don’t sell it."),
        ("Donn\ufffdes \ufffd caract\ufffdre personnel", "Données à caractère personnel"),
        ("It is Acme&amp;Co &nbsp; here.", "It is Acme&Co here."),
        ("We write to you. Click here.", "We write to you.<0 />Click here."),
        ("We never sell it.", "We \\<strong\\>never\\</strong\\> sell it."),
        ("See http://a.example/choices now.", "See https://www.a.example/choices/ now."),
        ("See www.a.example/choices now.", "See http://www.a.example/choices now."),
        ("This is how Kettle痴 pages work.", "This is how Kettle's pages work."),
        ("Fatal error: Call to undefined function pan() in /site/lid.php on line 67", ""),
        ("© Acme [Terms](https://a.example/t)", "© Acme [Terms](https://a.example/t) [Help](https://a.example/h)"),
    ],
)
def test_what_nobody_hears_is_cosmetic(old: str, new: str) -> None:
    assert kind(old, new) is Kind.COSMETIC
    assert kind(new, old) is Kind.COSMETIC


def test_a_new_recipient_with_an_address_is_substantive_and_a_second_address_of_a_known_one_is_not() -> None:
    known = "Acme Hosting, Inc., 5 Main Street, Austin, TX 73301"
    assert kind(known, f"{known}\n\nMeta Platforms, Inc., 1 Hacker Way, Menlo Park, CA 94025") is Kind.SUBSTANTIVE
    assert kind(known, f"{known}\n\nAcme Hosting, Inc., 8 King Road, Dallas, TX 75231") is Kind.MINOR


@pytest.mark.parametrize(
    ("moved", "kind", "reason"),
    [
        ("Acme Ltd, 5 High Street, London SW1A 1AA", Kind.MINOR, "an address stands elsewhere"),
        ("We send what we know about you to our partners.", Kind.SUBSTANTIVE, "a passage moved to another section"),
    ],
)
def test_an_address_in_another_section_is_minor_and_a_sentence_there_is_not(
    moved: str, kind: Kind, reason: str
) -> None:
    first, second = f"## Who we are\n\n{PARAGRAPH}", "## Your rights\n\nYou may ask us what we hold, and object to it."
    diff = compare(f"{first}\n\n{moved}\n\n{second}\n", f"{first}\n\n{second}\n\n{moved}\n")
    assert diff.kind is kind
    assert [one.split(":")[0] for one in diff.reasons] == [reason]


ADDRESS = ["Acme Ltd", "12 High Street", "London W1A 1AA", "Tel: +44 20 7946 0000", "E-mail: privacy@acme.example"]


@pytest.mark.parametrize("line", [1, 3, 4])
def test_a_line_of_an_address_that_stays_comes_or_goes_as_contact_details(line: int) -> None:
    whole = "\n\n".join(("# P", PARAGRAPH, *ADDRESS))
    part = "\n\n".join(("# P", PARAGRAPH, *ADDRESS[:line], *ADDRESS[line + 1 :]))
    for old, new, said in ((part, whole, "added"), (whole, part, "removed")):
        diff = compare(f"{old}\n", f"{new}\n")
        assert (diff.kind, [reason.split(":")[0] for reason in diff.reasons]) == (
            Kind.MINOR,
            [f"contact details {said}"],
        )


def test_an_address_is_read_from_its_first_line_however_many_go_before() -> None:
    # As deep as Python calls itself: each line asks whether the one above is an address that goes on.
    old, new = ("\n\n".join([*[f"{n} {street}, Leeds," for n in range(400)], "{} Low Road"]) for street in STREETS)
    assert compare(f"# P\n\n{old.format(1)}", f"# P\n\n{new.format(2)}").kind is Kind.MINOR


def test_a_change_is_as_grave_as_the_gravest_of_its_places() -> None:
    old = "Last updated: 1 May 2020\n\nWe may share your data.\n"
    diff = compare(old, "Last updated: 2 May 2021\n\nWe share your data.\n")
    assert diff.kind is Kind.SUBSTANTIVE
    assert diff.reasons == ('removed: "may"',)


def test_the_reasons_quote_what_is_new() -> None:
    diff = compare("Last updated: 1 May 2020\n\nWe care.\n", "Last updated: 2 May 2021\n\nWe care.\n")
    assert diff.reasons == ("only the date of the document: 1 May 2020 -> 2 May 2021",)


def test_reasons_are_written_as_the_script_is() -> None:
    diff = compare("เราจะไม่เปิดเผยข้อมูล 5 วัน\n", "เราอาจเปิดเผยข้อมูล 5 วัน\n")
    assert diff.reasons == ('words altered: "จะไม่" -> "อาจ"',)


def test_capitals_beside_an_address_are_read_as_words(shared: Path) -> None:
    case = shared / "cases" / "capitals-beside-an-address"
    texts = defaultdict(list)
    for line in (case / "captures.jsonl").read_text("utf-8").splitlines():
        capture = json.loads(line)
        body = (case / capture["file"]).read_bytes()
        made = clean(body, url=capture["url"], timestamp=capture["timestamp"], domain="x.example")
        texts[capture["url"]].append(made.comparable)
    kinds = {url: compare(*found).kind for url, found in texts.items()}
    assert set(kinds.values()) == {Kind.SUBSTANTIVE}, kinds


@pytest.mark.parametrize(
    ("slip", "right", "is_one"),
    [
        ("seperate", "separate", True),
        ("recieved", "received", True),
        ("licence", "license", False),
        ("foreard", "forward", False),
        ("forward", "foreard", False),
    ],
)
def test_a_vowel_for_another_is_a_slip_of_the_pen_and_a_consonant_is_not(slip: str, right: str, is_one: bool) -> None:
    assert is_slip([slip], [right], lambda word: word == right) is is_one


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Registered in England, company number 04561237.", "Registered in England, company number 09871234."),
        ("Handelsregister Kiel HRB 11873.", "Handelsregister Kiel HRB 20951."),
        ("USt-IdNr. DE 123456789.", "USt-IdNr. DE 987654321."),
        ("P. IVA 01234567890.", "P. IVA 09876543210."),
        ("KRS 0000123456.", "KRS 0000654321."),
    ],
)
def test_another_number_in_a_register_is_no_contact_detail(before: str, after: str) -> None:
    address = "Larkfield Ltd, 18 Mill Lane, Bristol BS1 4QT, telephone +44 117 496 0123."
    assert compare(f"{address} {before}\n", f"{address} {after}\n").kind is Kind.SUBSTANTIVE
    assert compare(f"{address} {before}\n", f"{address} {before}\n".replace("496 0123", "496 0199")).kind is Kind.MINOR


def test_a_house_with_a_number_before_a_post_code_is_an_address() -> None:
    old = "Verantwortlich ist die Nordwind GmbH, Hafenstraße 7, 24103 Kiel.\n"
    assert compare(old, old.replace("Hafenstraße 7, 24103", "Am Germaniahafen 12, 24143")).kind is Kind.MINOR
    assert compare(old, old.replace("Nordwind", "Südwind")).kind is Kind.SUBSTANTIVE


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Acme Limited answers.", "Acme Ltd. answers."),
        ("Acme Inc. answers.", "Acme Incorporated answers."),
        ("Acme, Inc. answers you first.", "Acme Inc. answers you first."),
        (
            "The controller is Acme, L.L.C. of Boise in this policy.",
            "The controller is ACME LLC of Boise in this policy.",
        ),
        ("Écrivez à cette adresse : 1 rue Hugo 44400 Rezé", "Écrivez à cette adresse : 8 Allée Baco 44000 Nantes"),
        (
            "A notice is sent to Acme, Attn: Disputes, 1199 Coleman Ave, San Jose, CA 95110; or by e-mail.",
            "A notice is sent to Acme, Attn: Disputes, 770 Broadway, New York, NY 10003, USA; or by e-mail.",
        ),
        (
            "The entity is Acme Limited (address: Level 1, 22-28 Customs Street East, Auckland) and this applies.",
            "The entity is Acme Limited (address: Level 4, 20 Customhouse Quay, Wellington) and this applies.",
        ),
        (
            "Upravljavec je podjetje Acme d.o.o., Štukljeva cesta 40, 1000 Ljubljana, v sodelovanju s podjetjem.",
            "Upravljavec je podjetje Acme d.o.o., Dunajska cesta 155, 1000 Ljubljana, v sodelovanju s podjetjem.",
        ),
        ("V Novom Meste nad Váhom, dňa 1.12.2020", "V Novom Meste nad Váhom, dňa 10.10.2022"),
        ("Berlin, den 3. Mai 2020", "Berlin, den 7. Juni 2022"),
        ("The permissions are listed in Sections D.4 – D.7.", "The permissions are listed in Sections D.4 – D.1."),
        ("We answer; and fFor residents of France we ask.", "We answer; and for residents of France we ask."),
        (
            "Registered in England No. 01234567. Registered office: 4 Hill Street, Leeds LS1 4AB",
            "Registered in England No. 01234567. Registered office: 19 River Lane, Leeds LS2 7EF",
        ),
    ],
)
def test_what_says_the_same_in_another_form_is_minor(old: str, new: str) -> None:
    for one, other in ((old, new), (new, old)):
        assert kind(one, other) is Kind.MINOR
    assert kind("Acme Limited answers.", "Acme Inc. answers.") is Kind.SUBSTANTIVE
    if "0123" in new:
        assert kind(new, new.replace("01234567", "07654321")) is Kind.SUBSTANTIVE


def test_the_date_of_the_document_may_stand_elsewhere() -> None:
    date, parts = "Last updated: 3 May 2021", ["# Policy", PARAGRAPH, "## Contact", "You may write to us at any time."]
    old, new = ("\n\n".join(some) for some in ([parts[0], date, *parts[1:]], [*parts, date]))
    assert compare(old, new).kind is Kind.MINOR
    assert compare(new, old).kind is Kind.MINOR


def test_a_quotation_mark_read_in_a_wrong_encoding_is_cosmetic() -> None:
    old = "All of it adheres to the \u2018Code of Standards\u2019 of the authority."
    for new in (old.replace("\u2018", "\xe2\x80\x98"), old.replace("\u2019", "\xe2\x80\x99")):
        assert kind(old, new) is Kind.COSMETIC
        assert kind(new, old) is Kind.COSMETIC


@pytest.mark.parametrize(
    "text",
    [
        "Przywiązujemy dużą wagę do prywatności użytkowników.",
        "The “Do Not Track” option – read it.",
        "L’été où naïf garçon à Orléans s’abonne.",
        "Çalışma güvenliği için şifreleme.",
    ],
)
def test_a_text_that_was_read_in_a_wrong_encoding_is_the_same(text: str) -> None:
    garbled = text.encode().decode("cp1252", "ignore")
    old, new = (comparable_text("T", f"{PARAGRAPH}\n\n{one}\n") for one in (text, garbled))
    assert compare(old, new).kind is Kind.COSMETIC
    assert compare(new, old).kind is Kind.COSMETIC


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Lichtblad B.V.  \nHavenstraat 12  \n3011 AB Rotterdam", "Lichtblad B.V.  \nMolenweg 48  \n3512 JE Utrecht"),
        (
            "株式会社若葉  \n〒150-0001 東京都渋谷区神宮前1-2-3",
            "株式会社若葉  \n〒530-0001 大阪府大阪市北区梅田4-5-6",
        ),
        ("若葉株式会社  \n東京都渋谷区神宮前1-2-3", "若葉株式会社  \n大阪府大阪市北区梅田4-5-6"),
        ("주식회사 새잎  \n서울특별시 강남구 테헤란로 12", "주식회사 새잎  \n부산광역시 해운대구 센텀로 48"),
        ("亮叶有限公司  \n上海市黄浦区港口路12号", "亮叶有限公司  \n北京市朝阳区磨坊路48号"),
        (
            "شركة الورقة المحدودة  \n12 شارع الميناء  \nالإسكندرية 21500",
            "شركة الورقة المحدودة  \n48 شارع التحرير  \nالقاهرة 11511",
        ),
    ],
)
def test_an_address_of_one_party_is_minor_in_the_forms_of_its_country(old: str, new: str) -> None:
    assert kind(old, new) is Kind.MINOR
    other = new
    for name, another in (
        ("Lichtblad", "Andere"),
        ("若葉", "青葉"),
        ("亮叶", "青叶"),
        ("새잎", "헌잎"),
        ("الورقة", "النور"),
    ):
        other = other.replace(name, another)
    assert kind(old, other) is Kind.SUBSTANTIVE


def test_an_apostrophe_more_or_less_is_a_spelling() -> None:
    assert kind("We say how its used.", "We say how it's used.") is Kind.MINOR
    assert kind("What you've said we don't keep.", "What youve said we dont keep.") is Kind.MINOR
    for old, new in (("we're", "were"), ("we'll", "well"), ("don't", "do"), ("can't", "can")):
        assert kind(f"So {old} ask you.", f"So {new} ask you.") is Kind.SUBSTANTIVE


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("This policy was published on June 8, 2026 with an effective date of July 8, 2026.", ""),
        ("We updated our Privacy Policy on December 16, 2025. View our previous policy.", ""),
        ("Cette politique de confidentialité a été mise à jour le 3 mai 2024.", ""),
        ("Diese Datenschutzerklärung wurde am 3. Mai 2024 aktualisiert und gilt ab dem 1. Juni 2024.", ""),
        ("This Policy takes effect on 14 August 2025 for new users.", ""),
        ("## Politique de vie privée (juin 2022)", "## Politique de vie privée (septembre 2023)"),
        ("Acme Ltd, 15 Flemmings Place, Dublin 4, D04 P6W3", "Acme Ltd, 2 Dublin Landings North Dock Dublin 1"),
    ],
)
def test_a_notice_of_dates_and_an_address_of_unknown_form_are_minor(old: str, new: str) -> None:
    assert kind(old, new) is Kind.MINOR


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Our policy on cookies takes effect on 5 May 2020 and you agree to it.", ""),
        ("We updated our Privacy Policy on 5 May 2020 for advertisers.", ""),
        ("Acme Ltd, 15 High Street, London SW1A 1AA", "Acme Ltd, Zeta Inc 7, London SW1A 1AA"),
    ],
)
def test_what_says_more_than_dates_and_addresses_is_substantive(old: str, new: str) -> None:
    assert kind(old, new) is Kind.SUBSTANTIVE


@pytest.mark.parametrize(
    "words",
    [
        *("Contact us at {}.", "Contact us at ({}", "Reach us on {}", "Nous contacter : {}", "Appelez-nous au {}"),
        *(
            "Rufen Sie uns an: {}",
            "Llámenos al {}",
            "Chiamaci al {}",
            "Ligue para {}",
            "Bel ons op {}",
            "Звоните по {}",
        ),
        *("Zadzwoń pod numer {}", "फ़ोन: {}"),
    ],
)
def test_a_number_right_behind_words_that_ask_to_call_is_a_telephone(words: str) -> None:
    numbers = ("020) 7946 0000", "020) 7946 0999") if "(" in words else ("01 23 45 67 89", "01 98 76 54 32")
    assert kind(*(words.format(number) for number in numbers)) is Kind.MINOR
