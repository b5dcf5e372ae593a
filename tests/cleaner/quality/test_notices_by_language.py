"""Notices in place of a page are told in the languages of the world, and short policies in them are none."""

from __future__ import annotations

import pytest

from harvester.cleaner.quality import assess

BY_LANGUAGE = {
    "block-page": [
        (
            "Un instant…",
            "Vérification que vous êtes humain. Cela peut prendre quelques secondes. example.com doit "
            "vérifier la sécurité de votre connexion avant de continuer.",
        ),
        (
            "Nur einen Moment…",
            "Es wird überprüft, ob Sie ein Mensch sind. Dies kann einige Sekunden dauern. example.com muss "
            "die Sicherheit Ihrer Verbindung überprüfen, bevor Sie fortfahren können.",
        ),
        (
            "Un momento…",
            "Verificando que usted es un ser humano. Esto puede tardar unos segundos. example.com necesita "
            "revisar la seguridad de su conexión antes de continuar.",
        ),
        ("Ci siamo quasi…", "Verifica che tu sia un essere umano. L'operazione potrebbe richiedere alcuni secondi."),
        (
            "Um momento…",
            "Verificando se você é humano. Isso pode levar alguns segundos. example.com precisa verificar a "
            "segurança da sua conexão antes de prosseguir.",
        ),
        ("Even geduld…", "Verifiëren dat u een mens bent. Dit kan enkele seconden duren."),
        ("Vänta...", "Verifierar att du är en människa. Det kan ta några sekunder."),
        ("Один момент…", "Проверяем, что вы человек. Это может занять несколько секунд."),
        (
            "请稍候…",
            "正在验证您是否是真人。这可能需要几秒钟时间。 example.com 需要先检查您的连接的安全性，然后才能继续。",
        ),
        ("しばらくお待ちください...", "あなたが人間であることを確認します。これには数秒かかる場合があります。"),
        ("잠시만 기다리십시오…", "사람인지 확인하는 중입니다. 몇 초 정도 걸릴 수 있습니다."),
        ("Ein Moment bitte", "Bitte lösen Sie das Captcha, um fortzufahren."),
        ("Example", "We just need to make sure you're not a robot. Type the characters you see in this image."),
        ("Zugriff verweigert", "Ihre Anfrage wurde aus Sicherheitsgründen blockiert."),
        (
            "Acceso bloqueado",
            "Su dirección IP ha sido bloqueada. Si cree que es un error, póngase en contacto con el administrador.",
        ),
        ("Accès bloqué", "Votre adresse IP a été bloquée pour des raisons de sécurité."),
        (
            "Example",
            "JavaScript is disabled. In order to continue, we need to verify that you're not a robot. This "
            "requires JavaScript. Enable JavaScript and then reload the page.",
        ),
        ("Example", "この サイトを利用するには JavaScript を有効にしてください。"),
        ("Warteraum", "Sie befinden sich in der Warteschlange. Ihre geschätzte Wartezeit beträgt fünf Minuten."),
        ("Example", "Vous êtes dans la file d'attente. Temps d'attente estimé : plus d'une heure."),
        ("Example", "Está en la fila de espera. Tiempo de espera estimado: cinco minutos. Cuando sea su turno, pase."),
        ("Example", "Sei in coda. Tempo di attesa stimato: cinque minuti."),
        ("Example", "Você está na fila virtual. Tempo de espera estimado: 5 minutos."),
        ("Example", "U staat in de wachtrij. Geschatte wachttijd: 5 minuten."),
        ("Example", "Jesteś w kolejce oczekujących. Szacowany czas oczekiwania: 5 minut."),
        ("Example", "Вы находитесь в очереди. Примерное время ожидания: 5 минут."),
        ("待合室", "ただいま順番待ちです。予想待ち時間: 5分"),
        ("Example", "您正在排队。预计等待时间:5分钟"),
        ("Example", "Nous vérifions votre appareil. Faites glisser vers la droite pour compléter le puzzle."),
        ("Example", "Wir überprüfen Ihr Gerät. Schieben Sie den Regler nach rechts, um fortzufahren."),
        ("Example", "Please wait while we check your browser"),
        ("Example", "The request is blocked. 20240101T000000Z-15f"),
        ("Example", "Для просмотра этой страницы необходимо войти в систему."),
        ("Uwaga", "Ta strona nie jest dostępna w Twoim kraju."),
        ("お知らせ", "お客様の国ではこのサービスを利用できません。"),
        ("안내", "죄송합니다. 해당 국가에서는 이 서비스를 이용할 수 없습니다."),
        ("Example", "正在加载..."),
        ("Example", "Bezig met laden..."),
        (
            "451: Unavailable due to legal reasons",
            "We recognize you are attempting to access this website from a country belonging to the "
            "European Economic Area (EEA) including the EU which enforces the General Data Protection "
            "Regulation (GDPR) and therefore access cannot be granted at this time.",
        ),
        ("Example", "Sorry, this content is not available in your region."),
        (
            "Example",
            "Unfortunately, our website is currently unavailable in most European countries. We are engaged "
            "on the issue and committed to looking at options.",
        ),
        ("Example", "Lo sentimos, este contenido no está disponible en tu ubicación."),
        ("Example", "Dieser Inhalt ist in Ihrer Region nicht verfügbar."),
        ("Example", "Questo contenuto non è disponibile nella tua area geografica."),
        ("Example", "Treść niedostępna w Twoim regionie."),
        ("Example", "Det här innehållet är inte tillgängligt i din region."),
        ("Example", "Identifiez-vous pour accéder à cette page. Mot de passe oublié ?"),
        ("Example", "Debes iniciar sesión para ver esta página."),
        ("Example", "Chargement en cours…"),
        ("Example", "Bitte warten…"),
    ],
    "soft-404": [
        ("Example", "Oops! We can't seem to find the page you're looking for."),
        ("Example", "404 Die angeforderte Seite konnte nicht gefunden werden."),
        ("Example", "La page que vous recherchez est introuvable."),
        ("Example", "Lo sentimos, la página que buscas no existe."),
        ("Example", "Siden blev ikke fundet Vi kan desværre ikke finde den side, du leder efter."),
        ("Example", "Nie znaleźliśmy strony, której szukasz."),
        ("Example", "Запрашиваемая страница не найдена"),
        ("Example", "お探しのページは見つかりませんでした。"),
        ("Example", "抱歉，您访问的页面不存在。"),
        ("Example", "요청하신 페이지를 찾을 수 없습니다."),
        ("Example", "Aradığınız sayfa bulunamadı."),
        ("Example", "Stránka nebyla nalezena"),
        ("Example", "This policy has moved. Please visit our new Privacy Center."),
        ("Example", "Our privacy policy can now be found here ."),
    ],
    "maintenance": [
        (
            "Example",
            "We'll be back soon! Sorry for the inconvenience but we're performing some maintenance at the moment.",
        ),
        ("Example", "Nous effectuons actuellement une opération de maintenance."),
        ("Example", "Estamos realizando tareas de mantenimiento. Volveremos pronto."),
        ("Example", "Wir sind gleich zurück. Die Seite wird gerade gewartet."),
        ("Example", "ただいまメンテナンス中です。"),
        ("Example", "Технические работы. Сайт временно недоступен."),
    ],
}

SHORT_POLICIES = [
    (
        "プライバシーポリシー",
        "当社は、お客様のお名前とメールアドレスを取得します。取得した情報は第三者に提供しません。お問い合わせは窓口までご連絡ください。",
    ),
    ("隐私政策", "我们收集您的姓名。我们不会在您所在的国家以外存储信息。您可以要求删除。"),
    ("개인정보처리방침", "회사는 이름과 이메일을 수집합니다. 귀하는 언제든지 열람을 요청할 수 있습니다."),
    ("Политика конфиденциальности", "Мы собираем ваше имя. Доступ к данным ограничен. Вы можете отозвать согласие."),
    ("Integritetspolicy", "Vi samlar in ditt namn. Åtkomst till uppgifterna är begränsad till behörig personal."),
    (
        "Privacyverklaring",
        "Wij verzamelen uw naam. Toegang tot de gegevens is beperkt. U kunt ons verzoeken uw gegevens te wissen.",
    ),
    (
        "Datenschutz",
        "Wir verarbeiten Ihren Namen. Der Zugriff auf die Daten ist auf Mitarbeiter beschränkt. Bitte "
        "bestätigen Sie, dass Sie über 16 sind.",
    ),
    ("Gizlilik", "Adınızı topluyoruz. Verilerinizi satmıyoruz. Haklarınız için bize yazın."),
    (
        "Polityka prywatności",
        "Zbieramy Twoje imię. Dostęp do danych mają tylko pracownicy. Masz prawo do usunięcia danych.",
    ),
    ("Политика", "Мы храним ваше имя. Чтобы увидеть свои данные, войдите в личный кабинет. Мы ничего не продаём."),
    ("Datenschutz", "Ruft man an, steht der Name in der Warteschlange nur, bis jemand abnimmt. Dann wird er gelöscht."),
    ("سياسة الخصوصية", "نجمع اسمك وبريدك الإلكتروني. لا نبيع بياناتك. يمكنك طلب حذفها."),
    (
        "Privacy",
        "We keep your name. Some features may not be available if you disable cookies. Write to us to delete it.",
    ),
]


@pytest.mark.parametrize(
    ("kind", "title", "text"), [(kind, title, text) for kind, pages in BY_LANGUAGE.items() for title, text in pages]
)
def test_a_notice_is_told_in_every_language(kind: str, title: str, text: str) -> None:
    assert assess(title, text, status=200).page_kind == kind


@pytest.mark.parametrize(("title", "text"), SHORT_POLICIES)
def test_a_short_policy_in_a_language_without_likelihood_is_no_notice(title: str, text: str) -> None:
    assert assess(title, text, status=200).page_kind == "policy-or-text"
