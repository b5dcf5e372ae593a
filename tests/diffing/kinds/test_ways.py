"""The way through the menus of a program to a setting says where a right is exercised, as a link does."""

from __future__ import annotations

import pytest

from harvester.diffing import Kind
from tests.support.diffing.passages import between


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Open Settings > Account > Delete account to leave.", "Open Settings > Privacy > Delete account to leave."),
        ("Open Settings > Delete account to leave.", "Open Settings > Account > Delete account to leave."),
        ("Gehen Sie zu Einstellungen → Konto → Werbung.", "Gehen Sie zu Einstellungen → Datenschutz → Werbung."),
        ('Gå till "Inställningar" > "Konto" > "Radera".', 'Gå till "Inställningar" > "Integritet" > "Radera".'),
        ("Ouvrez « Moi » - « Réglages » - « Publicité ».", "Ouvrez « Réglages » - « Publicité »."),
        ("Vaya a (Menú > Ajustes > Borrar cuenta).", "Vaya a (Perfil > Ajustes > Borrar cuenta)."),
        (
            "你可以在【我】-【设置】-【账号设置】-【删除账号】注销账号。",
            "你可以在【设置】-【账号管理】-【删除账号】注销账号。",
        ),
        ("可在【我的-设置-账号设置-个性化推荐】中关闭。", "可在【设置-隐私与权限-个性化推荐】中关闭。"),
        ("「設定」→「アカウント」→「退会」から退会できます。", "「設定」→「プライバシー」→「退会」から退会できます。"),
        ("Откройте «Настройки» > «Аккаунт» > «Удалить».", "Откройте «Настройки» > «Приватность» > «Удалить»."),
    ],
)
def test_another_way_to_the_same_setting_is_minor(old: str, new: str) -> None:
    for change in (between(old, new), between(new, old)):
        assert change.kind is Kind.MINOR
        assert any(reason.startswith("the way to a setting") for reason in change.reasons)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        # The setting itself is another.
        ("Open Settings > Account > Delete account to leave.", "Open Settings > Account > Hide account to leave."),
        ("可在【设置-隐私-个性化推荐】中关闭。", "可在【设置-隐私-个性化广告】中关闭。"),
        # Beside the way, not of it.
        ("Open Settings > Account > Delete to erase all.", "Open Settings > Account > Delete to hide all."),
        ("You may open Settings > Account > Delete.", "You may not open Settings > Account > Delete."),
        # No setting: whose hands data go through, and a table's or a range's marks.
        ("Your data go from Acme > Google > Oracle.", "Your data go from Acme > Meta > Oracle."),
        ("We share (names - addresses - letters) with them.", "We share (names - photos - letters) with them."),
        (
            "See your settings in the account that you have. We share it (banks > Acme > shops).",
            "See your settings in the account that you have. We share it (banks > Birch > shops).",
        ),
        ("Our settings share names - addresses - letters.", "Our settings share names - photos - letters."),
        (
            'Settings: "names", "addresses" and "letters" are sold.',
            'Settings: "names", "photos" and "letters" are sold.',
        ),
    ],
)
def test_what_is_no_way_to_a_setting_is_read(old: str, new: str) -> None:
    assert between(old, new).kind is Kind.SUBSTANTIVE
