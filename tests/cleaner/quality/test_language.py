"""The language of short texts, of policies, and of what is no prose."""

from __future__ import annotations

import pytest

from harvester.cleaner.quality.language import detect
from harvester.cleaner.quality.prose import plain, words

SENTENCES = {
    "en": "We do not sell or share your personal information with any third party without your consent.",
    "fr": "Nous ne vendons pas vos données personnelles et nous ne les partageons pas sans votre accord.",
    "de": "Wir verkaufen Ihre personenbezogenen Daten nicht und geben sie nicht ohne Ihre Einwilligung weiter.",
    "es": "No vendemos sus datos personales ni los compartimos con terceros sin su consentimiento.",
    "it": "Non vendiamo i dati personali degli utenti e non li condividiamo con terzi senza il loro consenso.",
    "pt": "Não vendemos os seus dados pessoais nem os partilhamos com terceiros sem o seu consentimento.",
    "nl": "Wij verkopen uw persoonsgegevens niet en delen ze niet met derden zonder uw toestemming.",
    "sv": "Vi säljer inte dina personuppgifter och delar dem inte med någon annan utan ditt samtycke.",
    "da": "Vi sælger ikke dine personlige oplysninger og deler dem ikke med andre uden dit samtykke.",
    "pl": "Nie sprzedajemy danych osobowych i nie udostępniamy ich nikomu bez zgody użytkownika.",
    "ru": "Мы не продаём ваши персональные данные и не передаём их третьим лицам без вашего согласия.",
    "el": "Δεν πουλάμε τα προσωπικά σας δεδομένα και δεν τα μοιραζόμαστε χωρίς τη συγκατάθεσή σας.",
    "ja": "当社は、お客様の同意なしに個人情報を第三者に販売または提供することはありません。",
    "zh": "未经您的同意，我们不会向任何第三方出售或分享您的个人信息。",
    "ko": "당사는 귀하의 동의 없이 개인정보를 제삼자에게 판매하거나 공유하지 않습니다.",
    "ar": "نحن لا نبيع بياناتك الشخصية ولا نشاركها مع أي طرف ثالث دون موافقتك.",
    "tr": "Kişisel verilerinizi satmıyoruz ve izniniz olmadan üçüncü taraflarla paylaşmıyoruz.",
}


@pytest.mark.parametrize(("code", "sentence"), SENTENCES.items())
def test_one_sentence_is_enough(code: str, sentence: str) -> None:
    language, confidence = detect(sentence, words(sentence))
    assert language == code
    assert 0 < confidence <= 1


@pytest.mark.parametrize("text", ["", "   \n", "12345 67890", "***"])
def test_what_holds_no_words_is_undetermined(text: str) -> None:
    assert detect(text, words(text)) == ("und", 0.0)


def test_addresses_and_link_targets_are_no_evidence() -> None:
    links = "[Datenschutz](https://web.archive.org/web/2009id_/http%3A//the-of-and.com/the/of/and/to/in) " * 9
    text = plain(f"Wir erheben keine Daten, und wir geben nichts an Dritte weiter. {links} https://of.the/and/to")
    assert detect(text, words(text))[0] == "de"


def test_a_page_in_two_languages_is_of_the_one_with_more_text() -> None:
    text = f"{SENTENCES['en']} " + f"{SENTENCES['de']} " * 3
    assert detect(text, words(text))[0] == "de"
