"""One letter makes another word in languages whose words nobody listed: there it is no slip of the pen."""

from __future__ import annotations

import pytest

from harvester.diffing import Kind, compare


@pytest.mark.parametrize(
    ("known", "old", "new"),
    [
        ("Çerez kullanıyoruz.", "Verileri kullanıyoruz.", "Verileri kullanmıyoruz."),  # "we use", "we do not use"
        ("Vous pourrez écrire.", "Vous pourrez vous opposer.", "Vous pourriez vous opposer."),
        ("Vous recevrez tout.", "Vous recevrez la lettre.", "Vous recevez la lettre."),
        ("Il contratto dura.", "Serve il contratto.", "Serve il contatto."),
        ("O contrato dura.", "O contrato serve.", "O contato serve."),
        ("Wir erheben viel.", "Was wir erheben.", "Was wir erhoben."),
        ("Wyłącznie u nas.", "To jest wyłącznie.", "To jest wyłączenie."),
        ("Wij verzenden dit.", "Wat wij verzenden.", "Wat wij verzonden."),
        ("Le regioni sanno.", "Sono le regioni.", "Sono le ragioni."),
        ("It crashes at times.", "The app crashes it.", "The app crushes it."),
        ("The license ends.", "You give the license.", "You give the licensee."),
        ("You can withdraw it.", "Users withdraw it.", "Users withdrew it."),
        ("The scoring ends.", "We do scoring here.", "We do scouring here."),
        ("It is filed here.", "The form is filed.", "The form is filled."),
        ("C'est notre site.", "Il faut notre accord.", "Il faut noter accord."),
    ],
)
def test_a_word_with_one_letter_less_or_another_vowel_may_be_another_word(known: str, old: str, new: str) -> None:
    for one, other in ((old, new), (new, old)):
        texts = (f"# Policy\n\n{known}\n\n{said}\n\nEnd.\n" for said in (one, other))
        assert compare(*texts).kind is Kind.SUBSTANTIVE


@pytest.mark.parametrize(
    ("known", "old", "new"),
    [
        ("Die Einwilligung gilt.", "Ihre Einwilligung zählt.", "Ihre Einwilliggung zählt."),
        ("Il trattamento dura.", "Il trattamento serve.", "Il tratttamento serve."),
        ("Le traitement dure.", "Ce traitement sert.", "Ce traitemnet sert."),
        ("Labels are cancelled.", "We cancelled it.", "We canceled it."),
        ("The centre is there.", "Our centre is here.", "Our center is here."),
        ("Our information is here.", "Your information is kept.", "Your infomation is kept."),
    ],
)
def test_a_letter_twice_or_two_in_each_others_place_are_a_slip_in_any_language(known: str, old: str, new: str) -> None:
    for one, other in ((old, new), (new, old)):
        texts = (f"# Policy\n\n{known}\n\n{said}\n\nEnd.\n" for said in (one, other))
        assert compare(*texts).kind is Kind.MINOR
