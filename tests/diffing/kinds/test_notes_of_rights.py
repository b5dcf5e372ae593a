"""That rights are reserved, and when a telephone is answered, grants nothing and takes nothing of the policy."""

from __future__ import annotations

import pytest

from harvester.diffing import Kind
from tests.support.diffing.passages import between

RESERVED = (
    "All rights reserved|Alle Rechte vorbehalten|Tous droits réservés|Tous les droits sont réservés"
    "|Todos los derechos reservados|Reservados todos los derechos|Tutti i diritti riservati"
    "|Tutti i diritti sono riservati"
    "|Todos os direitos reservados|Alle rechten voorbehouden|Alla rättigheter förbehållna|Alle rettigheder forbeholdes"
    "|Alle rettigheter forbeholdt|Kaikki oikeudet pidätetään|Wszelkie prawa zastrzeżone|Všechna práva vyhrazena"
    "|Všetky práva vyhradené|Minden jog fenntartva|Toate drepturile rezervate|Tüm hakları saklıdır|Все права защищены"
    "|Усі права захищені|Всички права запазени|Με επιφύλαξη παντός δικαιώματος|Sva prava pridržana"
    "|Vse pravice pridržane"
    "|Tots els drets reservats|جميع الحقوق محفوظة|כל הזכויות שמורות|सर्वाधिकार सुरक्षित"
    "|สงวนลิขสิทธิ์|版权所有|保留所有权利|無断転載を禁じます"
    "|모든 권리 보유|Mọi quyền được bảo lưu|Hak cipta dilindungi undang-undang|Kõik õigused kaitstud"
    "|Visas tiesības aizsargātas"
    "|Visos teisės saugomos"
)


@pytest.mark.parametrize("reserved", RESERVED.split("|"))
def test_that_rights_are_reserved_is_minor_in_a_line_of_the_copyright(reserved: str) -> None:
    for line, other in (
        ("© 2020 Acme", f"© 2020 Acme. {reserved}."),
        ("© 2020 Acme", f"© 2020 Acme - {reserved}"),
        ("Copyright 2020 Acme", f"{reserved}. Copyright 2020 Acme"),
        ("© 2020 Acme. All Rights Reserved", f"© 2020 Acme. {reserved}."),
        ("© 2020 Acme", f"© 2021 Acme. {reserved}."),
    ):
        for diff in (between(line, other), between(other, line)):
            assert diff.kind is Kind.MINOR, other


@pytest.mark.parametrize(
    ("old", "new"), [("Copyright 2020 Acme", "© 2020 Acme"), ("© 2020 Acme", "Copyright © 2020 Acme")]
)
def test_the_sign_of_the_copyright_may_be_the_word(old: str, new: str) -> None:
    assert between(old, new).kind is between(new, old).kind is Kind.MINOR


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Patents and copyright", "Patents and designs"),
        ("Licence of patents", "Licence of patents, copyright"),
        ("© 2020 Acme", "© 2020 Birch. All rights reserved."),
        ("© 2020 Acme", "© 2020 Acme and Birch. All rights reserved."),
        ("© 2020 Acme", "© 2020 Acme. All rights of users reserved."),
        ("© 2020 Acme", "© 2020 Acme. No rights reserved."),
        ("© 2020 Acme", "© 2020 Acme. All rights reserved. We sell your data."),
        ("© 2020 Acme", "© 2020 Acme. Tutti i diritti degli interessati."),
        ("When you share data, copyright stays.", "When you share data, all rights reserved, copyright stays."),
        ("You have your rights.", "You have your rights, all rights reserved."),
    ],
)
def test_another_holder_or_a_rule_beside_it_is_substantive(old: str, new: str) -> None:
    assert between(old, new).kind is between(new, old).kind is Kind.SUBSTANTIVE


PHONE = "+49 30 1234567"


@pytest.mark.parametrize(
    ("line", "hours"),
    [
        ("Phone: {phone}{hours}", ", 9 am to 5 pm"),
        ("Phone: {phone}{hours}", " (9am-5pm)"),
        ("Phone: {phone}{hours}", " (9 a.m. to 5 p.m.)"),
        ("Phone: {phone}{hours}", " (Monday to Friday, 9 am to 5 pm)"),
        ("Phone: {phone} (Mon-Fri{hours})", ", 9:00-17:00"),
        ("Call us on {phone}{hours}.", " from 9am to 5pm, Monday to Friday"),
        ("Hotline: {phone}, Mon-Fri{hours}", " 9 am to 5 pm"),
        ("Office hours: Monday to Friday{hours}, tel. {phone}", " 9 am to 5 pm"),
        ("Telefon: {phone}{hours}", ", Mo-Fr 9 bis 17 Uhr"),
        ("Telefon: {phone}{hours}", ", montags bis freitags von 9:00 bis 17:00 Uhr"),
        ("Téléphone : {phone}{hours}", ", du lundi au vendredi de 9h à 17h"),
        ("Teléfono: {phone}{hours}", ", de lunes a viernes de 9:00 a 17:00"),
        ("Telefono: {phone}{hours}", ", dal lunedì al venerdì dalle 9:00 alle 17:00"),
        ("Telefoon: {phone}{hours}", ", maandag tot vrijdag van 9:00 tot 17:00 uur"),
        ("Telefon: {phone}{hours}", ", od 9:00 do 17:00"),
        ("Телефон: {phone}{hours}", ", с 9:00 до 17:00"),
    ],
)
def test_hours_beside_a_telephone_may_come_and_go(line: str, hours: str) -> None:
    without, with_hours = (line.format(phone=PHONE, hours=one) for one in ("", hours))
    for diff in (between(without, with_hours), between(with_hours, without)):
        assert diff.kind is Kind.MINOR, with_hours


def test_hours_beside_a_telephone_may_be_others() -> None:
    diff = between(f"Phone: {PHONE}, 9 am to 5 pm", f"Phone: {PHONE}, 8 am to 6 pm")
    assert (diff.kind, diff.reasons[0]) == (Kind.MINOR, 'hours at which the company is reached: "9" -> "8"')


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("We record calls.", "We record calls 9 am to 5 pm."),
        (f"Calls to {PHONE} are recorded.", f"Calls to {PHONE} are recorded from 9 am to 5 pm."),
        (f"We record calls to {PHONE}.", f"We record calls to {PHONE} from 9 am to 5 pm."),
        (f"You may object on {PHONE}.", f"You may object on {PHONE} from 9 am to 5 pm."),
        (f"Personal data, phone {PHONE}.", f"Personal data, phone {PHONE}, 9 am to 5 pm."),
        (f"Phone: {PHONE}", f"Phone: {PHONE}, within 24 h"),
        (f"Phone: {PHONE}", f"Phone: {PHONE}, 9 to 17 euros"),
        (f"Phone: {PHONE}", f"Phone: {PHONE}, 5 to 10 days"),
        (f"Phone: {PHONE}", f"Phone: {PHONE}, 5 to 10"),
        (f"Phone: {PHONE}", f"Phone: {PHONE}, 24 to 48 h"),
        (f"Phone: {PHONE}", f"Phone: {PHONE}, 12 to 24 h"),
        (f"Phone: {PHONE}", f"Phone: {PHONE}, not 9 am to 5 pm"),
        ("The shop is open.", "The shop is open 9 am to 5 pm."),
    ],
)
def test_hours_of_something_else_are_substantive(old: str, new: str) -> None:
    assert between(old, new).kind is Kind.SUBSTANTIVE
