"""What reads like a minor change and alters what is granted, who is bound or what is kept is substantive."""

from __future__ import annotations

import pytest

from harvester.diffing import Kind
from tests.support.diffing.passages import between

FOR_LONG = "for as long as you are a customer of ours and would like us to keep it there, so ask us at"
LONG_NAME = "Amber Birch Cedar Delta Ember Fjord Grove Heron Ivory Jetty Knoll Larch Moss Nest Oak"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        # Hours that are no longer said.
        ("Call us: Monday to Friday, 9am to 5pm.", "Call us: Monday to Friday."),
        # A long line in the place of an address is none.
        ("Write to us at 12 Hill Street, Boise, ID 83701.", f"Write to us at {LONG_NAME} 5."),
        # The address at which data are.
        ("Data are stored at 12 Hill Street, Dublin, Ireland.", "Data are stored at 1 Oak Street, Boise, USA."),
        (
            "Die Daten werden gespeichert in der Musterstraße 12, 10115 Berlin.",
            "Die Daten werden gespeichert in der Wienzeile 1, 1060 Wien.",
        ),
        (
            "Our servers are in our halls at 12 Hill Street, Dublin.",
            "Our servers are in our halls at 9 Oak Street, Dublin.",
        ),
        ("Data are stored in 12 Hill Street, Dublin.", "Data are stored in: 9 Oak Street, Boise."),
        ("Data are hosted at: 12 Hill Street, Dublin.", "Data are hosted at: 9 Oak Street, Boise."),
        ("Location of our servers: 12 Hill Street, Dublin.", "Location of our servers: 9 Oak Street, Boise."),
        ("Serveurs : 12 rue de la Paix, Paris.", "Serveurs : 5 rue de la Gare, Paris."),
        # The version of what the document is not.
        (
            "Version 2.0 of the Standard Contractual Clauses applies.",
            "Version 3.0 of the Standard Contractual Clauses applies.",
        ),
        # A name in a list of them that are headings.
        ("## Acme\n\n## Bolt\n\n## Cobble", "## Acme\n\n## Delta\n\n## Bolt\n\n## Cobble"),
        # What stands under the items of a list.
        ("- Names\n    - one year\n- Calls", "- Calls\n    - one year\n- Names"),
        # Another word that is known, and one of two that nobody knows.
        ("We make portions of it.", "We make potions of it."),
        ("We hold kestril for amber. No kestril goes.", "We hold kestral for amber. No kestril goes."),
        # Marks of a number.
        ("A fine of 10.5 is due.", "A fine of 105 is due."),
        ("A fine of $1,000 is due.", "A fine of $1.000 is due."),
        ("We keep it 12 years.", "We keep it 1 2 years."),
        # Sentences beside an address.
        (
            "Contact us at 12 Hill Street, Boise, ID 83701. We do not sell data.",
            "Contact us at 99 Elm Street, Boise, ID 83701. We sell data.",
        ),
        ("Acme Limited, 12 Hill Street, Boise, ID 83701", "Acme Limited Partnership, 12 Hill Street, Boise, ID 83701"),
        ("Acme AG, 12 Hill Street, Boise, ID 83701", "Acme AG & Co. KGaA, 12 Hill Street, Boise, ID 83701"),
        # Numbers before names are no streets.
        ("Since 2019 Amber Drive holds your files.", "Since 2019 Birch Drive holds your files."),
        ("We use 2 Parking Yard cameras.", "We use 9 Parking Yard cameras."),
        ("We share your data with 24 Hour Drive and others.", "We share your data with 24 Hour Way and others."),
        # The officer is a person, and whose it is stays.
        ("Acme has appointed a data protection officer.", "Birch has appointed a data protection officer."),
        ("Contact the data protection officer of Acme Foods.", "Contact the data protection officer of Birch Foods."),
        ("Our privacy officer is Eva Muster.", "Our privacy officer is Birch Consulting."),
        ("The data protection officer in Germany decides.", "The data protection officer in Ireland decides."),
        ("Our privacy officer answers each Monday.", "Our privacy officer answers each Friday."),
        ("Eva Muster, Data Protection Officer, Acme", "Eva Muster, Data Protection Officer, Birch"),
        ("Datenschutzbeauftragter der Acme", "Datenschutzbeauftragter der Birch"),
        # A country in capitals is no pronoun.
        ("We share your data with us partners.", "We share your data with US partners."),
        # Another site is another recipient.
        ("We share data with http://birch.example for that.", "We share data with http://delta.example for that."),
        ("Recipients: www.birch.com, www.delta.com", "Recipients: www.birch.com, www.heron.com"),
        ("Acme GmbH, Hauptstraße 5, 10115 Berlin. Kein Verkauf.", "Acme GmbH, Hauptstraße 5, 10115 Berlin. Verkauf."),
        ("Acme GmbH, Hauptstraße 5, 10115 Berlin\nKein Verkauf.", "Acme GmbH, Hauptstraße 5, 10115 Berlin\nVerkauf."),
        ("Acme SARL, 12 rue Hugo, 75001 Paris. Sans accord.", "Acme SARL, 12 rue Hugo, 75001 Paris. Avec accord."),
        ("Acme S.L., Calle Mayor 5, 28013 Madrid. Nunca.", "Acme S.L., Calle Mayor 5, 28013 Madrid. Siempre."),
        ("privacy@acme.example No.", "privacy@acme.example"),
        ("For statistics we use https://birch.example here.", "For statistics we use https://delta.example here."),
        ("Wir nutzen www.birch.example hier.", "Wir nutzen www.delta.example hier."),
        ("Inspektor ochrony danych: Eva Muster", "Inspektor ochrony danych: Birch Kancelaria"),
        # Dates and versions of others.
        ("We keep it until\n\n1 May 2024", "We keep it until\n\n1 May 2034"),
        ("Last day to object: 1 May 2024", "Last day to object: 1 May 2025"),
        ("Consent valid through 1 May 2024", "Consent valid through 1 May 2025"),
        ("Claims valid up to 31 December 2024", "Claims valid up to 31 December 2034"),
        ("Opt-out page (1 May 2024)", "Opt-out page (1 August 2024)"),
        ("Notice of deletion (1 May 2024)", "Notice of deletion (1 August 2024)"),
        ("Sale of data effective 1 May 2024", "Sale of data effective 1 May 2023"),
        ("Letzter Tag für den Widerspruch: 1. Mai 2024", "Letzter Tag für den Widerspruch: 1. Mai 2025"),
        ("Dernier jour pour s'opposer : 1 mai 2024", "Dernier jour pour s'opposer : 1 mai 2025"),
        ("Último día para oponerse: 1 de mayo de 2024", "Último día para oponerse: 1 de mayo de 2025"),
        ("Ultimo giorno per opporsi: 1 maggio 2024", "Ultimo giorno per opporsi: 1 maggio 2025"),
        ("Último dia para se opor: 1 de maio de 2024", "Último dia para se opor: 1 de maio de 2025"),
        ("Laatste dag om bezwaar te maken: 1 mei 2024", "Laatste dag om bezwaar te maken: 1 mei 2025"),
        ("Ostatni dzień na sprzeciw: 1 maja 2024", "Ostatni dzień na sprzeciw: 1 maja 2025"),
        ("We ask.", "We ask.\n\nLast day to object: 1 May 2024"),
        ("We ask.", "We ask.\n\nFor existing customers the previous policy is effective to 1 May 2025."),
        ("Encryption: TLS version 1.3", "Encryption: TLS version 1.0"),
        ("We share data of customers since version 2.", "We share data of customers since version 5."),
        ("Encryption: TLS version: 1.3", "Encryption: TLS version: 1.0"),
        ("ISO 27001, version 2013", "ISO 27001, version 2022"),
        ("ISO 27001 version: 2013", "ISO 27001 version: 2022"),
        ("Standard contractual clauses version: 2010", "Standard contractual clauses version: 2021"),
        ("Transparency framework, version 1", "Transparency framework, version 2"),
        # Numbers that are no telephone's.
        ("The controller is registered as 123-456-7890.", "The controller is registered as 123-456-9999."),
        ("Account number (123) 456-7890 is used.", "Account number (123) 456-7899 is used."),
        ("We keep telephone records for 180-365 days.", "We keep telephone records for 180-730 days."),
        ("Call data is kept 2016-2019 and 2020.", "Call data is kept 2016-2029 and 2020."),
        ("Mobile users pay 1 000 000 euros.", "Mobile users pay 9 000 000 euros."),
        # Terms and prices beside a telephone number or an e-mail address.
        ("Phone: +44 113 496 0000, reply in 24 h", "Phone: +44 113 496 0000, reply in 48 h"),
        ("E-mail: ask@a.example, reply in 24 h", "E-mail: ask@a.example, reply in 48 h"),
        ("Tel. +49 30 901820, Antwort in 24 Std.", "Tel. +49 30 901820, Antwort in 48 Std."),
        ("Phone: +44 113 496 0000, 10 ct/min", "Phone: +44 113 496 0000, 90 ct/min"),
        ("Phone: +44 113 496 0000, £ 1 a call", "Phone: +44 113 496 0000, £ 3 a call"),
        # Courts.
        ("Since 2020 Supreme Court orders bind us.", "Since 2020 District Court orders bind us."),
        ("You have 30 days; 10 District Court cases say so.", "You have 30 days; 10 Federal Court cases say so."),
        # Other documents.
        ("We may change this without notice.", "We may change this without policy."),
        ("We give you thirty days' notice before we share.", "We give you thirty days' statement before we share."),
        ("We collect bank statements.", "We collect bank notices."),
        ("You must send us a written notice.", "You must send us a written statement."),
        ("Birch Policy Ltd is the controller.", "Birch Notice Ltd is the controller."),
        # Parts of a law.
        ("We rely on point a) of Article 6.", "We rely on point f) of Article 6."),
        ("La base est l'article 6, paragraphe 1, point a).", "La base est l'article 6, paragraphe 1, point f)."),
        ("Legal basis: consent (Article 6)", "Legal basis: consent (Article 9)"),
        # Headings that state something.
        ("### Optional data\n\nNames.", "### Required data\n\nNames."),
        ("### Data we share\n\nNames.", "### Data we sell\n\nNames."),
        ("### Recipients in the EU\n\nBirch.", "### Recipients outside the EU\n\nBirch."),
        ("### Prohibited uses\n\nMarketing.", "### Permitted uses\n\nMarketing."),
        ("### Keine Weitergabe\n\nBirch.", "### Weitergabe\n\nBirch."),
        ("### Données facultatives\n\nNom.", "### Données obligatoires\n\nNom."),
        ("### Datos opcionales\n\nNombre.", "### Datos obligatorios\n\nNombre."),
        # What looks like the document's name, its versions or a link in the place of an address.
        ("We know.", "We know.\n\n**WE SELL YOUR DATA**"),
        ("We know.", "We know.\n\n**[Birch Privacy Policy](https://b.example/privacy)**"),
        ("We know.", "We know.\n\nThe previous version of this policy is available to our partners."),
        ("We know.", "We know.\n\nThe previous version of this policy applies to you."),
        ("We share it with <https://b.example>.", "We share it with [other sites](https://c.example)."),
        ("Ask <https://b.example/opt> first.", "Ask [nobody but us](https://c.example/opt) first."),
        ("Ask <https://b.example/opt> first.", "Ask [not us](https://b.example/opt) first."),
        ("We send it to us@a.example.", "We send it to us@a.example and to them@b.example."),
        (
            "They issued 30 orders in May 2020 for all of our data.",
            "They issued 30 orders in May 2021 for all of our data.",
        ),
        # A number that is all of a paragraph.
        ("We keep it for this many months:\n\n12.", "We keep it for this many months:\n\n24."),
        ("Mindestalter:\n\n16)", "Mindestalter:\n\n13)"),
        # A date under what announces it.
        ("Opt out by:\n\n1 May 2024", "Opt out by:\n\n1 August 2024"),
        ("We start to sell data on:\n\n1 May 2024", "We start to sell data on:\n\n1 August 2024"),
        ("Opt-out deadline\n\n1 May 2024", "Opt-out deadline\n\n1 August 2024"),
        ("Widerspruch bis:\n\n1. Mai 2024", "Widerspruch bis:\n\n1. August 2024"),
        ("Suppression des comptes :\n\n1 mai 2024", "Suppression des comptes :\n\n1 août 2024"),
        ("Oponerse antes de:\n\n1 de mayo de 2024", "Oponerse antes de:\n\n1 de agosto de 2024"),
        ("Opporsi entro:\n\n1 maggio 2024", "Opporsi entro:\n\n1 agosto 2024"),
        ("Sprzeciw do:\n\n1 maja 2024", "Sprzeciw do:\n\n1 sierpnia 2024"),
        ("Удаление записей:\n\n1 мая 2024", "Удаление записей:\n\n1 августа 2024"),
        ("İtiraz için son tarih:\n\n1 Mayıs 2024", "İtiraz için son tarih:\n\n1 Ağustos 2024"),
        ("異議申立期限：\n\n2024年5月1日", "異議申立期限：\n\n2024年8月1日"),
        # For whom an address is.
        (
            "Acme Ltd, 12 Hill Street, Boise, ID 83701, for EU users",
            "Acme Ltd, 12 Hill Street, Boise, ID 83701, for US users",
        ),
        ("privacy@a.example for EU users", "privacy@a.example for UK users"),
        ("privacy@a.example (EU)", "privacy@a.example (US)"),
        (
            "Acme GmbH, Hauptstraße 5, 10115 Berlin, nur für die EU",
            "Acme GmbH, Hauptstraße 5, 10115 Berlin, nur für die USA",
        ),
        ("Acme S.L., Calle Mayor 5, 28013 Madrid, para la UE", "Acme S.L., Calle Mayor 5, 28013 Madrid, para Perú"),
        ("Acme Srl, Via Roma 5, 20121 Milano, per clienti UE", "Acme Srl, Via Roma 5, 20121 Milano, per clienti USA"),
        # Another office beside an address.
        (
            "Data Protection Officer, Acme Ltd, 12 Hill Street, Boise",
            "Customer Service, Acme Ltd, 12 Hill Street, Boise",
        ),
        ("Data Protection Officer: privacy@a.example", "Customer Service: privacy@a.example"),
        # Accents by which tenses differ, hyphens by which words do.
        ("Acme publico sus datos.", "Acme publicó sus datos."),
        ("Acme autorizo el envío.", "Acme autorizó el envío."),
        ("Acme collecte vos appels.", "Acme collecté vos appels."),
        ("Os dados serão apagados se pagara.", "Os dados serão apagados se pagará."),
        ("Los publicaran todos.", "Los publicarán todos."),
        ("You may re-sign at any time.", "You may resign at any time."),
        ("We re-collect your calls.", "We recollect your calls."),
        # A rule behind the sign of the copyright.
        ("We know.", "We know.\n\n© 2020 Acme Ltd shares data with partners."),
        ("We know.", "We know.\n\nCopyright 2020. This service is for users over 18 only."),
        ("© 2020 Acme", "© 2020 Acme and Birch Ltd"),
        # A figure that stands twice is another number.
        ("We hold 10 000 000 records.", "We hold 10 000 records."),
        ("We keep it 12 12 months.", "We keep it 12 months."),
        ("Kept for years: 3. Then it goes.", "Kept for years: Then it goes."),
        # A mark that went with a word that stood twice.
        ("We keep it (see (see below).", "We keep it (see below)."),
        # Who is written to, or receives data, in the place of a link.
        ("Write to Acme a@b.example soon.", "Write to [email](mailto:a@b.example) soon."),
        (
            "We share it with partners: http://a.example/list",
            "We share it with partners: [here](http://a.example/list)",
        ),
        (
            "We share it with the partners that we have named for you in the long list that is here: www.birch.com",
            "We share it with the partners that we have named for you in the long list that is here: www.delta.com",
        ),
        # Two names that nobody knows are two, though they are nearly alike.
        ("We share it with Halberd.", "We share it with Halbard."),
        # Before an address in a sentence another one may begin.
        ("Write to us at 12 High Street, London W1A 1AA for that.", "Write to us at London W1A 1AA for that."),
    ],
)
def test_what_alters_a_right_a_party_or_an_amount_is_substantive(old: str, new: str) -> None:
    for one, other in ((old, new), (new, old)):
        assert between(one, other).kind is Kind.SUBSTANTIVE


def test_a_word_in_capitals_among_words_in_capitals_is_the_same() -> None:
    assert between("PLEASE CONTACT US.", "Please contact us.").kind is Kind.COSMETIC
    assert between("PLEASE CONTACT us.", "PLEASE CONTACT US.").kind is Kind.COSMETIC


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("See our Privacy Policy.", "See our Privacy Statement."),
        ("This notice says it.", "This policy says it."),
        ("Changes to the Policy are shown.", "Changes to the Notice are shown."),
        ("Call our free number 866-555-0126 first.", "Call our free number 866-555-0199 first."),
        ("Our office is at 12 Hill Street and open.", "Our office is at 99 Elm Street and open."),
        ("Privacy Officer: Dr. Muster", "Privacy Officer: Dr. Klar"),
        ("Date of publication:\n\n1 May 2024", "Date of publication:\n\n1 August 2024"),
        ("Stand:\n\n1. Mai 2024", "Stand:\n\n1. August 2024"),
        ("Notre politique de confidentialite.", "Notre politique de confidentialité."),
        ("Su informacion tambien.", "Su información también."),
        ("La pubblicita di Acme.", "La pubblicità di Acme."),
        ("We pro-actively co-operate.", "We proactively cooperate."),
        ("See article 6 below.", "See article 7 below."),
        ("### What we share\n\nNames.", "### What we disclose\n\nNames."),
        # Dates of issue, slips and spellings.
        ("Issue Date of Privacy Notice: June 2020", "Issue Date of Privacy Notice: March 2021"),
        ("FFor that we ask you first.", "For that we ask you first."),
        ("We act to fulfil your order.", "We act to fulfill your order."),
        ("Our programme needs an acknowledgement.", "Our program needs an acknowledgment."),
        # The document's name once more, and where its earlier versions are.
        ("We ask.", "**ACME PRIVACY POLICY**\n\nWe ask."),
        ("We ask.", "To view the previous version, please [click here](https://a.example/old).\n\nWe ask."),
        ("Nous demandons.", "Pour consulter la version précédente, cliquez ici.\n\nNous demandons."),
        # A link in the place of the address that it leads to.
        (
            "To opt out, visit <https://goto.a.example/choices>.",
            "To opt out, visit [our choices](https://goto.a.example/choices).",
        ),
        ("Ask at <https://docs.a.example/info> first.", "Ask [here](https://a.example/articles/32) first."),
        # An address that was hidden from those who do not run scripts.
        ("You can e-mail us at .", "You can e-mail us at [us@a.example](mailto:us@a.example)."),
        # An address, with words before it that say where or how.
        (
            "Ask us, [contact us](https://a.example/help).",
            "Ask us, contact us directly via [us@a.example](mailto:us@a.example).",
        ),
        ("If in doubt, contact us.", "If in doubt, contact us directly by e-mail at us@a.example."),
        ("If in doubt, contact us.", "If in doubt, contact us by e-mail at us@a.example."),
        ("Kontaktieren Sie uns.", "Kontaktieren Sie uns direkt per E-Mail unter us@a.example."),
        ("Contactez-nous.", "Contactez-nous directement par mail à us@a.example."),
        # Other hours, in words and in figures.
        ("Call us Monday to Friday, from noon to 5pm.", "Call us Monday to Friday, from 9am to 5pm."),
        # The address of who keeps data, and one far behind that or in another block.
        ("It is hosted by Acme at 12 Hill Street, Dublin.", "It is hosted by Acme at 9 Elm Street, Dublin."),
        ("It is stored in Ireland by Acme, 12 Hill Street.", "It is stored in Ireland by Acme, 9 Elm Street."),
        (
            f"What is stored in our systems is yours {FOR_LONG} 12 Hill Street.",
            f"What is stored in our systems is yours {FOR_LONG} 9 Elm Street.",
        ),
        (
            "How data are stored in our shops\n\nWe sit at 12 Hill Street",
            "How data are stored in our shops\n\nWe sit at 9 Elm Street",
        ),
        # An address in a sentence that has brackets behind it.
        (
            'The controller is Acme Ltd., 6-10 King Street, London W1W 8QL, Great Britain (hereafter "Acme").',
            'The controller is Acme Ltd., 3rd Floor, 1 Hill Road, Sale, M33 2DT United Kingdom (hereafter "Acme").',
        ),
    ],
)
def test_what_stands_for_the_same_stays_minor(old: str, new: str) -> None:
    for one, other in ((old, new), (new, old)):
        assert between(one, other).kind is Kind.MINOR
