"""Phrases of dialogs that ask for consent to cookies, in the languages in which most of them are shown.

A few makers of dialogs write nearly all of them, and translate the same sentences: what a visit stores, that it may be
refused by category, what partners do. Walls offer a subscription in place of consent.
"""

from __future__ import annotations

from harvester.cleaner.quality import notices_in_more_languages
from harvester.cleaner.quality.notices_by_language import any_of

_WHAT_IS_STORED = (
    r"we store cookies on your browser to collect information|does not usually directly identify you"
    r"|choose not to allow (?:some|certain) types of cookies|which may impact your experience of the site",
    r"informationen über ihren browser abrufen oder speichern|sie normalerweise nicht direkt identifiziert"
    r"|bestimmte arten von cookies nicht zulassen|kategorieüberschriften|funktion der website erforderlich",
    r"stockées dans votre navigateur ou récupérées|généralement pas de vous identifier directement"
    r"|ne pas autoriser certains types de cookies|les différentes catégories pour obtenir plus"
    r"|nécessaires au fonctionnement du site web et ne peuvent",
    r"(?:obtener o guardar|almacenar o recuperar) información en su navegador|no lo identifica directamente"
    r"|no permitirnos usar ciertas cookies|encabezados de cada categoría|necesarias para que el sitio web funcione",
    r"memorizzare o recuperare informazioni sul (?:tuo|suo|vostro) browser|di solito non (?:ti|la) identificano"
    r"|non consentire alcuni tipi di cookie|intestazioni delle diverse categorie"
    r"|necessari per il funzionamento del sito",
    r"armazenar ou (?:recolher|recuperar) informações (?:no|em) seu navegador|normalmente não o identifica"
    r"|não permitir alguns tipos de cookies|cabeçalhos das diferentes categorias"
    r"|(?:são|estes cookies são) necessários para que o (?:web)?site funcione",
    r"informatie in (?:uw|je) browser opslaan of ophalen|identificeert u meestal niet rechtstreeks"
    r"|bepaalde soorten cookies niet toe te staan|verschillende categoriekoppen"
    r"|nodig (?:om|voor) de website te laten (?:functioneren|werken)",
    r"przechowywać lub pobierać informacje z przeglądarki|zazwyczaj informacje te nie identyfikują"
    r"|zrezygnować z niektórych rodzajów plików cookie|nagłówki poszczególnych kategorii"
    r"|niezbędne do funkcjonowania (?:strony|witryny)",
    r"сохранять или извлекать информацию в вашем браузере|обычно не позволяет идентифицировать вас"
    r"|запретить некоторые типы файлов cookie|на заголовки категорий|необходимы для (?:работы|функционирования)"
    r" (?:веб-)?сайта",
    r"lagra eller hämta information i din webbläsare|identifierar vanligtvis inte dig direkt"
    r"|inte tillåta vissa typer av cookies|de olika kategorirubrikerna|nödvändiga för att webbplatsen ska fungera",
    r"(?:gemme|lagre) eller hente (?:oplysninger|informasjon) (?:i|på|fra) din (?:browser|nettleser)"
    r"|(?:identificerer|identifiserer) (?:normalt|vanligvis) ikke dig? direkte|bestemte typer cookies"
    r"|de forskellige kategorioverskrifter",
    r"tarayıcınız(?:a|da|dan)? (?:çerezler şeklinde )?bilgi (?:depola|sakla|al)\w*|genellikle sizi doğrudan tanımla\w*"
    r"|bazı çerez türlerine izin vermeme\w*|farklı kategori başlıkları|web sitesinin çalışması için gerekli\w*",
    r"ブラウザに情報(?:が|を)保存|お客様が直接特定される|一部の種類の(?:クッキー|cookie)を許可しない"
    r"|カテゴリの見出しをクリック|(?:サイト|ウェブサイト)が機能するために必要",
    r"(?:浏览器|瀏覽器)(?:上|中|中?的)?(?:存储|存儲|储存|儲存)或(?:检索|檢索|获取|擷取)(?:信息|資訊)"
    r"|通常不会直接识别|不允许某些类型的\s?cookie|不同的?类别标题|网站(?:正常)?运行所必需",
    r"브라우저에(?:서)? 정보를 저장하거나|직접 식별하지|일부 유형의 쿠키를 허용하지|카테고리 제목을 클릭"
    r"|웹사이트가 작동하는 데 필요",
)
_PARTNERS = (
    r"precise geolocation data|device scanning|may not require your consent, but you have a right to object"
    r"|consent to our and our (?:\d+ )?partners|advertising measurement, audience research",
    r"informationen auf einem gerät|genaue standortdaten|geräteeigenschaften zur identifikation"
    r"|gegen eine solche verarbeitung widerspruch",
    r"informations sur (?:un|votre) (?:terminal|appareil)|géolocalisation précises?|analyse du terminal"
    r"|peuvent ne pas nécessiter votre consentement|respectons votre vie privée|avec votre (?:accord|permission), nos",
    r"información en un dispositivo|localización geográfica precisa|características de(?:l| los)? dispositivos?"
    r"|puede no requerir (?:tu|su) consentimiento",
    r"(?:archivi|conservi)amo informazioni|geolocalizzazione precis[ai]|precisi di geolocalizzazione"
    r"|scansione del dispositivo|possono non richiedere il (?:tuo |suo )?consenso|privacy è importante per noi",
    r"informações (?:num|em um|no) dispositivo|geolocalização precis[oa]s?|características do dispositivo"
    r"|pode(?:m)? não (?:exigir|requerer) o seu consentimento",
    r"informatie op een apparaat|exacte geolocatie\w*|apparaatkenmerken|vereist mogelijk (?:uw|je) toestemming niet",
    r"informacji na urządzeniu|dokładnych danych geolokalizacyjnych|skanowanie urządzeń"
    r"|może nie wymagać (?:twojej|państwa) zgody",
)
_KINDS_OF_COOKIES = (
    r"cookies to personali[sz]e content and ads|cookies help make a website usable"
    r"|preference cookies enable a website|cookies help website owners to understand"
    r"|cookies are used to track visitors across websites",
    r"cookies, um inhalte und anzeigen zu personalisieren|cookies helfen dabei, eine webseite nutzbar"
    r"|präferenz-cookies ermöglichen|cookies helfen webseiten-besitzern"
    r"|cookies werden verwendet, um besuchern auf webseiten zu folgen",
    r"cookies nous permettent de personnaliser le contenu et les annonces|cookies nécessaires contribuent à rendre"
    r"|cookies de préférences permettent|cookies (?:statistiques|pour les statistiques) aident les propriétaires"
    r"|cookies marketing sont utilisés pour effectuer le suivi",
    r"cookies (?:de este sitio web )?se usan para personalizar el contenido|cookies necesarias ayudan a hacer"
    r"|cookies de preferencias permiten|cookies estadísticas ayudan a los propietarios"
    r"|cookies de marketing se utilizan para rastrear",
    r"cookie per personalizzare contenuti ed annunci|cookie necessari (?:contribuiscono|aiutano)"
    r"|cookie di preferenza consentono|cookie statistici aiutano i proprietari"
    r"|cookie di marketing vengono utilizzati per tracciare",
    r"cookies para personalizar conteúdo e anúncios|cookies necessários ajudam a tornar"
    r"|cookies de preferência permitem|cookies de estatística ajudam os proprietários"
    r"|cookies de marketing são utilizados para rastrear",
    r"cookies om content en advertenties te personaliseren|noodzakelijke cookies helpen een website"
    r"|voorkeurscookies zorgen ervoor|statistische cookies helpen eigenaren"
    r"|marketingcookies worden gebruikt om bezoekers te volgen",
)
_WALLS = (
    r"already a subscriber|browse without (?:tracking|ads)|accept (?:cookies|all) or subscribe"
    r"|you can accept cookies and|withdraw your consent at any time by clicking",
    r"weiterlesen mit werbung|mit werbung (?:und tracking|weiterlesen)|bereits abonnent|ganz ohne werbetracking"
    r"|zustimmung ist jederzeit widerrufbar|zustimmung zu cookies",
    r"continuer sans accepter|déjà abonnée? \?|en vous abonnant|si vous refusez les cookies"
    r"|basés? sur l.intérêt légitime à tout moment",
    r"continuar sin aceptar|¿ya (?:eres|es) suscriptor|(?:navegar|leer) sin publicidad|acceder con la suscripción",
    r"continua(?:re)? senza accettare|(?:sei )?già abbonat[oa]\?|rifiutare e abbonarti|accetta i cookie o abbonati",
    r"(?:verder|doorgaan) zonder accepteren|al abonnee\?|lezen zonder tracking",
)

CONSENT = any_of(
    r"store or retrieve information on your (?:browser|device)|store and/or access information on a device",
    r"privacy preference cent(?:er|re)|category headings to find out more|we value your privacy",
    r"(?:accept|allow|reject|decline) all\b|(?:manage|cookie|consent) (?:preferences|settings|choices)\b",
    r"(?:strictly|always) (?:necessary|active)|necessary for the website to function|(?:performance|targeting) cookies",
    r"we and our (?:\d+ )?partners|some types of cookies may impact your experience",
    r"tout (?:accepter|refuser)|nous et nos (?:\d+ )?partenaires|strictement nécessaires|gérer (?:mes|vos|les) "
    r"(?:préférences|cookies|choix)|votre vie privée (?:nous importe|compte)",
    r"alle (?:akzeptieren|ablehnen|zulassen)|unbedingt erforderlich|wir und unsere (?:\d+ )?partner"
    r"|privatsphäre-?einstellungen|einstellungen verwalten",
    r"(?:aceptar|rechazar) tod[oa]s?|nosotros y nuestros (?:\d+ )?socios|estrictamente necesarias"
    r"|gestionar (?:las )?(?:preferencias|cookies)|valoramos (?:tu|su) privacidad",
    r"(?:accetta|rifiuta) tutt[oi]|noi e i nostri (?:\d+ )?partner|strettamente necessari|gestisci (?:le )?preferenze"
    r"|(?:teniamo alla|rispettiamo la) tua privacy",
    r"(?:aceitar|rejeitar) tud[oa]s?|nós e os nossos (?:\d+ )?parceiros|estritamente necessários"
    r"|(?:gerir|gerenciar) (?:as )?preferências|valorizamos (?:a )?sua privacidade",
    r"alles (?:accepteren|weigeren)|(?:wij|we) en onze (?:\d+ )?partners|strikt noodzakelijk|voorkeuren beheren"
    r"|(?:wij|we) (?:waarderen|respecteren) (?:uw|je) privacy",
    r"(?:acceptera|avvisa) alla|vi och våra (?:\d+ )?partner|absolut nödvändiga|hantera inställningar"
    r"|vi värnar om din integritet",
    *notices_in_more_languages.CONSENT,
    *_WHAT_IS_STORED,
    *_PARTNERS,
    *_KINDS_OF_COOKIES,
    *_WALLS,
)
"""Phrases of dialogs that ask for consent to cookies: a policy has some of them, a dialog begins with one."""

CONSENT_QUESTION = any_of(
    r"(?:(?:do|will) you )?(?:accept|allow)\b[^.!?\n]{0,80}\bcookies?\b[^.!?\n]{0,60}\?",
    r"(?:autoriser|accepter|autorisez-vous|acceptez-vous)\b[^.!?\n]{0,80}\bcookies?\b[^.!?\n]{0,60}\?",
    r"(?:die |den )?(?:verwendung von |einsatz von )?cookies?\b[^.!?\n]{0,80} (?:erlauben|zulassen|akzeptieren)\?",
    r"¿?(?:permitir|aceptar|aceitar)\b[^.!?\n]{0,80}\bcookies?\b[^.!?\n]{0,60}\?",
    r"(?:consentire|accettare|accetti)\b[^.!?\n]{0,80}\bcookie\b[^.!?\n]{0,60}\?",
    r"(?:het gebruik van )?cookies?\b[^.!?\n]{0,80} (?:toestaan|accepteren)\?",
    r"(?:tillåta|acceptera|godkänna|tillade|acceptere|tillate|godta)\b[^.!?\n]{0,80}\bcookies?\b[^.!?\n]{0,60}\?",
    r"(?:zezwolić na|akceptować|zaakceptować)\b[^.!?\n]{0,80}\bcookies?\b[^.!?\n]{0,60}\?",
)
"""How a dialog asks whether its reader accepts cookies; a policy asks how one accepts them."""
