"""A sentence of a policy and the heading of a list of what is collected, in ten languages."""

from __future__ import annotations

LANGUAGES = {
    "en": ("We say here what we do with the data that you give us when you use our site.", "What we collect data of"),
    "de": (
        "Wir sagen hier, was wir mit den Daten tun, die Sie uns auf unserer Seite geben.",
        "Welche Daten wir erheben",
    ),
    "fr": ("Nous disons ici ce que nous faisons des données que vous nous donnez sur ce site.", "Données collectées"),
    "es": ("Decimos aquí lo que hacemos con los datos que usted nos da en nuestro sitio.", "Datos que recogemos"),
    "it": ("Diciamo qui che cosa facciamo con i dati che ci date quando usate il nostro sito.", "Dati raccolti"),
    "nl": ("Wij zeggen hier wat wij doen met de gegevens die u ons geeft op onze site.", "Gegevens die wij verzamelen"),
    "ru": (
        "Здесь мы говорим, что мы делаем с данными, которые вы нам даёте на нашем сайте.",
        "Какие данные мы собираем",
    ),
    "tr": (
        "Burada sitemizde bize verdiğiniz veriler ile ne yaptığımızı size açık açık anlatırız.",
        "Topladığımız veriler",
    ),
    "ja": ("当社は、お客様が当社のサイトで提供された情報の取扱いについて、ここで述べます。", "収集する情報"),
    "ar": (
        "نقول هنا ما نفعله بالبيانات التي تقدمها إلينا عندما تستخدم موقعنا على الشبكة كل يوم.",
        "البيانات التي نجمعها",
    ),
}
