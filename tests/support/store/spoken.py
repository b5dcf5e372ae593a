"""What a policy says, in languages of several scripts."""

from __future__ import annotations

SAID = {
    "en": "We collect your name and your address. We use them to deliver what you order. We never sell your data to "
    "anybody. You may ask us to delete what we hold about you.",
    "de": "Wir erheben Ihren Namen und Ihre Anschrift. Wir nutzen beides für die Lieferung der Waren. Wir verkaufen "
    "Ihre Daten nicht. Die Löschung Ihrer Daten kann jederzeit von uns verlangt werden.",
    "tr": "Adınızı ve adresinizi topluyoruz. Bunları siparişlerinizi teslim etmek için kullanıyoruz. Verilerinizi "
    "kimseye satmıyoruz. Verilerinizin silinmesini bizden isteyebilirsiniz.",
    "ru": "Мы собираем ваше имя и ваш адрес. Мы используем их для доставки ваших заказов. Мы никому не продаём ваши "
    "данные. Вы можете попросить нас удалить всё, что мы храним о вас.",
    "ja": "当社はお名前と住所を収集します。商品の配送に使用します。"
    "データを第三者に販売しません。データの削除を請求できます。ご請求から三十日以内に削除し、結果を電子メールで"
    "お知らせします。クッキーはお客様の設定を記憶するために使用します。",
}
"""What a policy says, invented, in languages of several scripts."""


def long(language: str, section: str = "") -> str:
    """Return a text of twelve sections, each of which says it."""
    return "\n\n".join(f"{section} {number}. {SAID[language]}" for number in range(12))
