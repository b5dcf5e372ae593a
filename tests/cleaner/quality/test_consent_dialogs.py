"""Dialogs that ask for consent in the words of their makers, in many languages, are no policies however long."""

from __future__ import annotations

import pytest

from harvester.cleaner.quality import assess

# The first sentences of each, as several makers of such dialogs word them.
DIALOGS = {
    "stored-en": (
        "When you visit any website, it may store or retrieve information on your browser, mostly in the "
        "form of cookies. This information might be about you, your preferences or your device and is mostly "
        "used to make the site work as you expect it to.\n\n"
        "The information does not usually directly identify you, but it can give you a more personalized web "
        "experience. Because we respect your right to privacy, you can choose not to allow some types of "
        "cookies.\n\n"
        "Click on the different category headings to find out more and change our default settings. However, "
        "blocking some types of cookies may impact your experience of the site and the services we are able "
        "to offer.\n\n"
        "These cookies are necessary for the website to function and cannot be switched off in our systems. "
        "They are usually only set in response to actions made by you, such as setting your privacy "
        "preferences, logging in, or filling in forms.\n\n"
    ),
    "stored-de": (
        "Wenn Sie eine Website besuchen, kann diese Informationen über Ihren Browser abrufen oder speichern. "
        "Dies geschieht meist in Form von Cookies. Hierbei kann es sich um Informationen über Sie, Ihre "
        "Einstellungen oder Ihr Gerät handeln.\n\n"
        "Meist werden die Informationen verwendet, um die erwartungsgemäße Funktion der Website zu "
        "gewährleisten. Durch diese Informationen werden Sie normalerweise nicht direkt identifiziert. "
        "Dadurch kann Ihnen aber ein personalisierteres Web-Erlebnis geboten werden.\n\n"
        "Da wir Ihr Recht auf Datenschutz respektieren, können Sie sich entscheiden, bestimmte Arten von "
        "Cookies nicht zulassen. Klicken Sie auf die verschiedenen Kategorieüberschriften, um mehr zu "
        "erfahren und unsere Standardeinstellungen zu ändern.\n\n"
        "Diese Cookies sind zur Funktion der Website erforderlich und können in Ihren Systemen nicht "
        "deaktiviert werden. In der Regel werden diese Cookies nur als Reaktion auf von Ihnen getätigte "
        "Aktionen gesetzt.\n\n"
    ),
    "stored-fr": (
        "Lorsque vous consultez un site Web, des données peuvent être stockées dans votre navigateur ou "
        "récupérées à partir de celui-ci, généralement sous la forme de cookies. Ces informations peuvent "
        "porter sur vous, sur vos préférences ou sur votre appareil.\n\n"
        "Elles sont principalement utilisées pour s'assurer que le site Web fonctionne correctement. Les "
        "informations ne permettent généralement pas de vous identifier directement, mais peuvent vous "
        "permettre de bénéficier d'une expérience Web personnalisée.\n\n"
        "Parce que nous respectons votre droit à la vie privée, nous vous donnons la possibilité de ne pas "
        "autoriser certains types de cookies. Cliquez sur les différentes catégories pour obtenir plus de "
        "détails sur chacune d'entre elles, et modifier les paramètres par défaut.\n\n"
        "Ces cookies sont nécessaires au fonctionnement du site Web et ne peuvent pas être désactivés dans "
        "nos systèmes. Ils sont généralement établis en tant que réponse à des actions que vous avez "
        "effectuées.\n\n"
    ),
    "stored-es": (
        "Cuando visita cualquier sitio web, el mismo podría obtener o guardar información en su navegador, "
        "generalmente mediante el uso de cookies. Esta información puede ser acerca de usted, sus "
        "preferencias o su dispositivo, y se usa principalmente para que el sitio funcione según lo esperado.\n\n"
        "Por lo general, la información no lo identifica directamente, pero puede proporcionarle una "
        "experiencia web más personalizada. Ya que respetamos su derecho a la privacidad, usted puede "
        "escoger no permitirnos usar ciertas cookies.\n\n"
        "Haga clic en los encabezados de cada categoría para saber más y cambiar nuestras configuraciones "
        "predeterminadas. Sin embargo, el bloqueo de algunos tipos de cookies puede afectar su experiencia "
        "en el sitio y los servicios que podemos ofrecer.\n\n"
        "Estas cookies son necesarias para que el sitio web funcione y no se pueden desactivar en nuestros "
        "sistemas. Usualmente están configuradas para responder a acciones hechas por usted para recibir "
        "servicios.\n\n"
    ),
    "stored-it": (
        "Quando si visita qualsiasi sito Web, questo può memorizzare o recuperare informazioni sul tuo "
        "browser, in gran parte sotto forma di cookie. Queste informazioni potrebbero essere su di te, le "
        "tue preferenze o il tuo dispositivo e sono utilizzate in gran parte per far funzionare il sito "
        "secondo le tue aspettative.\n\n"
        "Le informazioni di solito non ti identificano direttamente, ma possono fornire un'esperienza Web "
        "più personalizzata. Poiché rispettiamo il tuo diritto alla privacy, è possibile scegliere di non "
        "consentire alcuni tipi di cookie.\n\n"
        "Fare clic sulle intestazioni delle diverse categorie per saperne di più e modificare le "
        "impostazioni predefinite. Tuttavia, il bloccaggio di alcuni tipi di cookie può avere impatto sulla "
        "tua esperienza del sito e dei servizi che siamo in grado di offrire.\n\n"
    ),
    "stored-pt": (
        "Quando visita um website, este pode armazenar ou recolher informações no seu navegador, "
        "principalmente na forma de cookies. Esta informação pode ser sobre si, as suas preferências ou o "
        "seu dispositivo e é utilizada principalmente para fazer o website funcionar conforme o esperado.\n\n"
        "A informação normalmente não o identifica diretamente, mas pode dar-lhe uma experiência web mais "
        "personalizada. Uma vez que respeitamos o seu direito à privacidade, pode optar por não permitir "
        "alguns tipos de cookies.\n\n"
        "Clique nos cabeçalhos das diferentes categorias para saber mais e alterar as nossas configurações "
        "predefinidas. No entanto, o bloqueio de alguns tipos de cookies pode afetar a sua experiência no "
        "website.\n\n"
    ),
    "stored-nl": (
        "Wanneer u een website bezoekt, kan deze informatie in uw browser opslaan of ophalen, meestal in de "
        "vorm van cookies. Deze informatie kan over u, uw voorkeuren of uw apparaat gaan en wordt meestal "
        "gebruikt om de website te laten werken zoals u verwacht.\n\n"
        "De informatie identificeert u meestal niet rechtstreeks, maar kan u een meer gepersonaliseerde "
        "webervaring bieden. Omdat wij uw recht op privacy respecteren, kunt u ervoor kiezen om bepaalde "
        "soorten cookies niet toe te staan.\n\n"
        "Klik op de verschillende categoriekoppen voor meer informatie en om onze standaardinstellingen te "
        "wijzigen. Het blokkeren van sommige soorten cookies kan echter van invloed zijn op uw ervaring van "
        "de website.\n\n"
    ),
    "stored-pl": (
        "Podczas odwiedzania dowolnej witryny internetowej może ona przechowywać lub pobierać informacje z "
        "przeglądarki użytkownika, głównie w formie plików cookie. Te informacje mogą dotyczyć użytkownika, "
        "jego preferencji lub urządzenia i są najczęściej używane do zapewnienia działania witryny zgodnie z "
        "oczekiwaniami.\n\n"
        "Zazwyczaj informacje te nie identyfikują użytkownika bezpośrednio, ale mogą zapewnić bardziej "
        "spersonalizowane środowisko przeglądania. Ponieważ szanujemy prawo użytkownika do prywatności, może "
        "on zrezygnować z niektórych rodzajów plików cookie.\n\n"
        "Kliknij nagłówki poszczególnych kategorii, aby dowiedzieć się więcej i zmienić ustawienia domyślne. "
        "Zablokowanie niektórych rodzajów plików cookie może jednak wpłynąć na komfort korzystania z witryny.\n\n"
    ),
    "stored-ru": (
        "Когда вы посещаете какой-либо веб-сайт, он может сохранять или извлекать информацию в вашем "
        "браузере, в основном в виде файлов cookie. Эта информация может касаться вас, ваших предпочтений "
        "или вашего устройства и в основном используется для того, чтобы сайт работал так, как вы ожидаете.\n\n"
        "Эта информация обычно не позволяет идентифицировать вас напрямую, но может предоставить вам более "
        "персонализированный веб-опыт. Поскольку мы уважаем ваше право на конфиденциальность, вы можете "
        "запретить некоторые типы файлов cookie.\n\n"
        "Нажмите на заголовки категорий, чтобы узнать больше и изменить настройки по умолчанию. Однако "
        "блокировка некоторых типов файлов cookie может повлиять на работу сайта.\n\n"
    ),
    "stored-ja": (
        "お客様がウェブサイトにアクセスすると、主にクッキーの形で、お客様のブラウザに情報が保存されたり、ブラウザから情報が取得されたりする場合があります。この情報は、お客様、お客様の設定、またはお客様のデバイ"
        "スに関するもので、主にサイトを期待どおりに機能させるために使用されます。\n\n"
        "通常、この情報によってお客様が直接特定されることはありませんが、よりパーソナライズされたウェブ体験を提供することができます。当社はお客様のプライバシーの権利を尊重しているため、一部の種類のクッキーを許"
        "可しないことを選択できます。\n\n"
        "さまざまなカテゴリの見出しをクリックして詳細を確認し、デフォルトの設定を変更してください。ただし、一部の種類のクッキーをブロックすると、サイトの体験や提供できるサービスに影響する場合があります。\n\n"
    ),
    "kinds-en": (
        "We use cookies to personalise content and ads, to provide social media features and to analyse our "
        "traffic. We also share information about your use of our site with our social media, advertising "
        "and analytics partners who may combine it with other information that you've provided to them or "
        "that they've collected from your use of their services.\n\n"
        "Necessary cookies help make a website usable by enabling basic functions like page navigation and "
        "access to secure areas of the website. The website cannot function properly without these cookies.\n\n"
        "Preference cookies enable a website to remember information that changes the way the website "
        "behaves or looks, like your preferred language or the region that you are in.\n\n"
        "Statistic cookies help website owners to understand how visitors interact with websites by "
        "collecting and reporting information anonymously.\n\n"
        "Marketing cookies are used to track visitors across websites. The intention is to display ads that "
        "are relevant and engaging for the individual user and thereby more valuable for publishers and "
        "third party advertisers.\n\n"
    ),
    "kinds-de": (
        "Wir verwenden Cookies, um Inhalte und Anzeigen zu personalisieren, Funktionen für soziale Medien "
        "anbieten zu können und die Zugriffe auf unsere Website zu analysieren. Außerdem geben wir "
        "Informationen zu Ihrer Verwendung unserer Website an unsere Partner für soziale Medien, Werbung und "
        "Analysen weiter.\n\n"
        "Notwendige Cookies helfen dabei, eine Webseite nutzbar zu machen, indem sie Grundfunktionen wie "
        "Seitennavigation und Zugriff auf sichere Bereiche der Webseite ermöglichen. Die Webseite kann ohne "
        "diese Cookies nicht richtig funktionieren.\n\n"
        "Marketing-Cookies werden verwendet, um Besuchern auf Webseiten zu folgen. Die Absicht ist, Anzeigen "
        "zu zeigen, die relevant und ansprechend für den einzelnen Benutzer sind.\n\n"
    ),
    "partners-en": (
        "We and our partners store and/or access information on a device, such as cookies and process "
        "personal data, such as unique identifiers and standard information sent by a device for "
        "personalised ads and content, ad and content measurement, and audience insights, as well as to "
        "develop and improve products.\n\n"
        "With your permission we and our partners may use precise geolocation data and identification "
        "through device scanning. You may click to consent to our and our partners' processing as described "
        "above. Alternatively you may access more detailed information and change your preferences before "
        "consenting or to refuse consenting.\n\n"
        "Please note that some processing of your personal data may not require your consent, but you have a "
        "right to object to such processing. Your preferences will apply to this website only. You can "
        "change your preferences at any time by returning to this site or visit our privacy policy.\n\n"
    ),
    "partners-fr": (
        "Nous et nos partenaires stockons et/ou accédons à des informations sur un terminal, telles que les "
        "cookies, et traitons les données personnelles, telles que les identifiants uniques et les "
        "informations standards envoyées par chaque terminal, pour diffuser des publicités et du contenu "
        "personnalisés.\n\n"
        "Avec votre permission, nos partenaires et nous-mêmes pouvons utiliser des données de "
        "géolocalisation précises et d’identification par analyse du terminal. En cliquant, vous pouvez "
        "consentir aux traitements décrits précédemment.\n\n"
        "Veuillez noter que certains traitements de vos données personnelles peuvent ne pas nécessiter votre "
        "consentement, mais vous avez le droit de vous y opposer. Vos préférences ne s’appliqueront qu’à ce "
        "site Web.\n\n"
    ),
    "partners-es": (
        "Nosotros y nuestros socios almacenamos o accedemos a información en un dispositivo, tales como "
        "cookies, y procesamos datos personales, tales como identificadores únicos e información estándar "
        "enviada por un dispositivo, para anuncios y contenido personalizados.\n\n"
        "Con tu permiso, nosotros y nuestros socios podemos utilizar datos de localización geográfica "
        "precisa e identificación mediante las características de dispositivos. Puedes hacer clic para "
        "otorgarnos tu consentimiento.\n\n"
        "Ten en cuenta que algún procesamiento de tus datos personales puede no requerir tu consentimiento, "
        "pero usted tiene el derecho de rechazar tal procesamiento.\n\n"
    ),
    "partners-it": (
        "Noi e i nostri partner archiviamo informazioni quali cookie su un dispositivo (e/o vi accediamo) e "
        "trattiamo i dati personali, quali identificativi unici e informazioni generali inviate da un "
        "dispositivo, per personalizzare gli annunci e i contenuti.\n\n"
        "Previa autorizzazione degli utenti, noi e i nostri partner potremmo utilizzare dati precisi di "
        "geolocalizzazione e identificazione tramite la scansione del dispositivo.\n\n"
        "Si rende noto che alcuni trattamenti dei dati personali possono non richiedere il consenso "
        "dell'utente, per cui è possibile opporsi a tale trattamento.\n\n"
    ),
    "partners-de": (
        "Wir und unsere Partner speichern und/oder greifen auf Informationen auf einem Gerät zu, z. B. auf "
        "eindeutige Kennungen in Cookies, um personenbezogene Daten zu verarbeiten. Sie können akzeptieren "
        "oder Ihre Präferenzen verwalten.\n\n"
        "Wir und unsere Partner verarbeiten Daten, um Folgendes bereitzustellen: Genaue Standortdaten "
        "verwenden. Geräteeigenschaften zur Identifikation aktiv abfragen.\n\n"
        "Bitte beachten Sie, dass die Verarbeitung mancher personenbezogenen Daten ohne Ihre Einwilligung "
        "erfolgen kann, Sie jedoch das Recht haben, gegen eine solche Verarbeitung Widerspruch einzulegen.\n\n"
    ),
    "wall-de": (
        "Besuchen Sie unsere Website wie gewohnt mit Werbung und Tracking. Die Zustimmung ist jederzeit "
        "widerrufbar. Details zu Werbe- und Analysetrackern sowie zum jederzeit möglichen Widerruf finden "
        "Sie in unserer Datenschutzerklärung oder im Privacy Center am Ende jeder Seite.\n\n"
        "Nutzen Sie unser Angebot ganz ohne Werbetracking mit unserem Abo für 4,99 Euro im Monat. Bereits "
        "Abonnent? Hier anmelden.\n\n"
        "Zustimmung zu Cookies und anderen Technologien: Auf unserer Website verwenden wir und unsere "
        "Partner Cookies und Tracking, um Ihre Nutzung der Website zu analysieren und Werbung zu "
        "personalisieren.\n\n"
    ),
    "wall-fr": (
        "Avec votre accord, nos partenaires et nous utilisons des cookies ou technologies similaires pour "
        "stocker et accéder à des informations personnelles comme votre visite sur ce site. Vous pouvez "
        "retirer votre consentement ou vous opposer aux traitements basés sur l'intérêt légitime à tout "
        "moment.\n\n"
        "Si vous refusez les cookies, vous pouvez accéder au site en vous abonnant pour 2 euros par mois. "
        "Déjà abonné ? Connectez-vous.\n\n"
        "Avec nos partenaires, nous traitons les données suivantes sur la base de votre consentement et/ou "
        "de notre intérêt légitime : publicités personnalisées, mesure de performance des publicités et du "
        "contenu.\n\n"
    ),
    "wall-en": (
        "To read this site you can accept cookies and personalised advertising, or subscribe for a small "
        "fee. We and our 834 partners use cookies to store and access personal data such as browsing "
        "behaviour on your device.\n\n"
        "If you accept, we and our partners may use precise geolocation, measure advertising and develop and "
        "improve services. You can withdraw your consent at any time by clicking on the settings at the "
        "bottom of each page.\n\n"
        "If you do not accept, you can subscribe and browse without tracking for 3 euros a month. Already a "
        "subscriber? Sign in here to go on.\n\n"
    ),
    "ccpa": (
        "When you visit our website, we store cookies on your browser to collect information. The "
        "information collected might relate to you, your preferences or your device, and is mostly used to "
        "make the site work as you expect it to and to provide a more personalized web experience.\n\n"
        "However, you can choose not to allow certain types of cookies, which may impact your experience of "
        "the site and the services we are able to offer. Click on the different category headings to find "
        "out more and change our default settings according to your preference.\n\n"
        "You cannot opt-out of our First Party Strictly Necessary Cookies as they are deployed in order to "
        "ensure the proper functioning of our website (such as prompting the cookie banner and remembering "
        "your settings, to log into your account, to redirect you when you log out, etc.).\n\n"
    ),
}


@pytest.mark.parametrize("which", DIALOGS)
def test_a_dialog_is_told_by_its_words(which: str) -> None:
    assert assess("Acme - Privacy Policy", DIALOGS[which]).page_kind == "consent-dialog"


LISTS = (
    "Store and/or access information on a device. Use precise geolocation data. Scan device characteristics. We and our"
    " 834 partners do so. You can reject all.\\n\\n"
)


def test_a_dialog_with_long_lists_is_told_by_words_in_all_its_parts() -> None:
    filler = "Vendor of this list that keeps cookies for days and shows its own notice to all who ask. "
    parts = [LISTS, DIALOGS["partners-en"], DIALOGS["stored-en"], DIALOGS["kinds-en"], DIALOGS["wall-en"]]
    long = "".join(part + filler * 5 for part in parts)
    assert 600 < len(long.split()) < 1600
    assert assess("Privacy Policy", long).page_kind == "consent-dialog"


POLICY = "".join(
    f"{what} We keep it for {months} months, and we give it to nobody unless a court orders us to do so. You may ask us"
    " at any time to correct or to delete the personal information that we hold about you.\\n\\n"
    for months, what in enumerate(
        ("We collect your name.", "We collect your address.", "We collect what you buy.", "We log visits.") * 4, 3
    )
)


@pytest.mark.parametrize("which", ["stored-en", "stored-de", "partners-fr", "wall-en"])
def test_a_policy_below_or_above_a_dialog_is_a_policy(which: str) -> None:
    for text in (DIALOGS[which] + POLICY, POLICY + DIALOGS[which]):
        assert assess("Privacy Policy", text).page_kind == "policy-or-text"


@pytest.mark.parametrize("which", ["kinds-en", "kinds-de"])
def test_a_page_that_is_on_cookies_may_say_what_dialogs_say(which: str) -> None:
    assert assess("Cookie policy", DIALOGS[which]).page_kind == "policy-or-text"
