"""Another number of a section of the document is minor; another part of a law, or of another document, is not."""

from __future__ import annotations

import pytest

from harvester.diffing import Kind
from tests.support.diffing.passages import between

ITS_OWN = "## Article {}\n\nWe ask you.\n\n"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        # The law is named behind the parts of its article, however many these are.
        (
            "L'article 6, paragraphe 1, point b) du RGPD constitue la base.",
            "L'article 9, paragraphe 1, point b) du RGPD constitue la base.",
        ),
        (
            "Nos termos do artigo 6, n. 1, alínea a), ponto 2, do RGPD.",
            "Nos termos do artigo 9, n. 1, alínea a), ponto 2, do RGPD.",
        ),
        # What has an abbreviation in capitals is no part of the document.
        ("nach § 7 UWG", "nach § 8 UWG"),
        ("gemäß § 147 AO und § 257 HGB", "gemäß § 147 AO und § 238 HGB"),
        ("gemäß § 7 Abs. 3 UWG", "gemäß § 8 Abs. 3 UWG"),
        ("as in clause 4.1 of the DPA", "as in clause 4.2 of the DPA"),
        ("Part 2 of the DPA 2018 applies.", "Part 3 of the DPA 2018 applies."),
        ("Section 4(1)(a) of PIPEDA applies.", "Section 5(1)(a) of PIPEDA applies."),
        ("Schedule 1 to the DPA applies.", "Schedule 2 to the DPA applies."),
        ("Chapter V GDPR applies.", "Chapter IV GDPR applies."),
        ("§ 5 Telemediengesetz", "§ 6 Telemediengesetz"),
        ("siehe § 5 Telemediengesetz", "siehe § 6 Telemediengesetz"),
        ("п. 1 ст. 6 152-ФЗ", "п. 5 ст. 6 152-ФЗ"),
        # In Chinese and Japanese a law stands before its number.
        ("個人情報保護法第23条に基づきます。", "個人情報保護法第27条に基づきます。"),
        ("根据《网络安全法》第21条。", "根据《网络安全法》第22条。"),
        # A document without articles refers to those of others.
        ("Pursuant to Article 21 you may object.", "Pursuant to Article 20 you may object."),
        ("Nach Artikel 21 dürfen Sie widersprechen.", "Nach Artikel 20 dürfen Sie widersprechen."),
    ],
)
def test_another_part_of_what_is_not_compared_itself_is_substantive(old: str, new: str) -> None:
    assert between(old, new).kind is Kind.SUBSTANTIVE
    assert between(new, old).kind is Kind.SUBSTANTIVE


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (f"{ITS_OWN.format(4)}As in Article 4.", f"{ITS_OWN.format(5)}As in Article 5."),
        ("(see § 4 below)", "(see § 5 below)"),
        ("AS SET OUT IN SECTION 4 OF IT", "AS SET OUT IN SECTION 5 OF IT"),
        # The next block speaks of an article, the altered one does not.
        ("See section 4\n\n## Article 5 of it", "See section 5\n\n## Article 5 of it"),
        ("- siehe Abschnitt 4\n- Artikel gibt es", "- siehe Abschnitt 5\n- Artikel gibt es"),
        ("décrit au paragraphe 3.2", "décrit au paragraphe 4.2"),
        ("descrito en el párrafo 3.2", "descrito en el párrafo 4.2"),
        ("descrito no item 3.2", "descrito no item 4.2"),
        ("zie paragraaf 4", "zie paragraaf 5"),
        ("zie hoofdstuk 3.2", "zie hoofdstuk 4.2"),
        ("opisane w punkcie 3.2", "opisane w punkcie 4.2"),
        ("(siehe oben Ziff. 4)", "(siehe oben Ziff. 5)"),
        ("voir rubrique 4", "voir rubrique 5"),
        ("см. п. 4.1", "см. п. 5.1"),
        ("## 5. GDPR rights", "## 6. GDPR rights"),
        ("## Section 5: GDPR", "## Section 6: GDPR"),
        ("セクション4をご覧ください", "セクション5をご覧ください"),
    ],
)
def test_another_number_of_a_section_of_the_document_is_minor(old: str, new: str) -> None:
    assert between(old, new).kind is Kind.MINOR
    assert between(new, old).kind is Kind.MINOR
