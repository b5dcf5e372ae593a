"""Names of the pages that most sites have, as their menus show them, in some thirty languages.

Whole phrases in lower case. A page of the first list is no data, no recipient and no purpose: two of them in a row tell
a menu. One of the second stands in menus too, but a policy may list it ("Newsletter", "Support").
"""

from __future__ import annotations

from harvester.diffing.around.labels import phrases

TELLING_PAGES = phrases("""
home|homepage|home page|about|about us|our company|our story|who we are|careers|vacancies|press room|newsroom
media center|media centre|investors|investor relations|sitemap|site map|terms of use|terms of service
terms & conditions|terms and conditions|legal notice|imprint|store locator|store finder|find a store|our stores
gift cards|gift card|new arrivals|new in|clearance|bestsellers|become an affiliate|advertise|advertise with us
startseite|über uns|wir über uns|karriere|stellenangebote|impressum|agb|nutzungsbedingungen|filialfinder|filialen
gutscheine|geschenkkarten|schuhe|seitenübersicht|accueil|à propos|à propos de nous|qui sommes-nous|carrières
recrutement|espace presse|mentions légales|cgv|cgu|conditions générales|conditions d'utilisation|plan du site
nos magasins|trouver un magasin|cartes cadeaux|carte cadeau|soldes|chaussures|inicio|quiénes somos|sobre nosotros
nosotros|empleo|trabaja con nosotros|sala de prensa|aviso legal|condiciones de uso|términos y condiciones
términos de uso|mapa del sitio|mapa web|tiendas|tarjetas regalo|rebajas|zapatos|chi siamo|lavora con noi|area stampa
note legali|condizioni d'uso|termini e condizioni|mappa del sito|negozi|trova un negozio|carte regalo|saldi|scarpe
início|página inicial|quem somos|sobre nós|carreiras|trabalhe conosco|termos de uso|termos e condições|mapa do site
lojas|cartões presente|cartão presente|saldos|sapatos|over ons|ons bedrijf|vacatures|werken bij|werken bij ons
algemene voorwaarden|gebruiksvoorwaarden|winkels|vind een winkel|cadeaubonnen|cadeaukaarten|nieuw binnen|uitverkoop
schoenen|hem|om oss|jobba hos oss|lediga jobb|karriär|pressrum|allmänna villkor|köpvillkor|användarvillkor
webbplatskarta|butiker|presentkort|rea|skor|hjem|forside|om os|ledige stillinger|handelsbetingelser|butikker|gavekort
udsalg|salgsbetingelser|brukervilkår|etusivu|meistä|tietoa meistä|avoimet työpaikat|työpaikat|käyttöehdot
toimitusehdot|sivukartta|myymälät|lahjakortit|ale|strona główna|o nas|o firmie|kariera|biuro prasowe|regulamin
warunki korzystania|mapa strony|sklepy|salony|karty podarunkowe|wyprzedaż|buty|domů|úvod|hlavní stránka|domov
úvodná stránka|o nás|o společnosti|o spoločnosti|kariéra|volná místa|pro média|obchodní podmínky|podmínky použití
obchodné podmienky|mapa stránek|mapa stránky|prodejny|predajne|dárkové poukazy|výprodej|kezdőlap|főoldal|rólunk
cégünkről|karrier|állások|sajtószoba|ászf|felhasználási feltételek|impresszum|oldaltérkép|üzletek|ajándékkártyák|acasă
despre noi|cariere|locuri de muncă|termeni și condiții|harta site-ului|magazine|carduri cadou|početna|naslovnica
o nama|karijere|uvjeti korištenja|uslovi korišćenja|trgovine|главная|главная страница|о компании|о нас|вакансии
карьера|пресс-центр|условия использования|пользовательское соглашение|карта сайта|магазины|подарочные карты|распродажа
обувь|головна|про нас|про компанію|вакансії|кар'єра|умови використання|карта сайту|магазини|подарункові картки|начало
за нас|кариери|условия за ползване|общи условия|αρχική|αρχική σελίδα|σχετικά με εμάς|ποιοι είμαστε|καριέρα
θέσεις εργασίας|όροι χρήσης|χάρτης ιστότοπου|καταστήματα|δωροκάρτες|νέες αφίξεις|εκπτώσεις|ana sayfa|anasayfa
hakkımızda|biz kimiz|kariyer|açık pozisyonlar|basın odası|kullanım koşulları|kullanım şartları|site haritası|mağazalar
mağaza bul|hediye kartları|yeni gelenler|indirim|ayakkabı|ホーム|トップページ|会社概要|会社情報|企業情報|採用情報
プレスリリース|プレスルーム|ニュースルーム|利用規約|特定商取引法に基づく表記|サイトマップ|店舗一覧|店舗検索
ギフトカード|新着商品|新商品|セール|靴|投資家情報|ir情報|首页|首頁|主页|关于我们|關於我們|公司简介|公司介绍|加入我们
加入我們|招聘|诚聘英才|人才招聘|新闻中心|新聞中心|媒体中心|服务条款|服務條款|使用条款|使用條款|网站地图|網站地圖
门店查询|门店|門市|礼品卡|禮品卡|新品|特价|特價|鞋类|投资者关系|홈|회사소개|회사 소개|기업 소개|채용|채용 정보
인재채용|보도자료|뉴스룸|이용약관|사이트맵|매장 찾기|매장 안내|기프트카드|신상품|세일|신발|투자정보|الرئيسية
الصفحة الرئيسية|من نحن|عن الشركة|الوظائف|وظائف|المركز الإعلامي|شروط الاستخدام|الشروط والأحكام|خريطة الموقع|فروعنا
بطاقات الهدايا|وصل حديثا|وصل حديثًا|تخفيضات|أحذية|דף הבית|ראשי|אודות|אודותינו|מי אנחנו|דרושים|קריירה|תנאי שימוש|תקנון
מפת האתר|סניפים|כרטיסי מתנה|חדש באתר|מבצעים|נעליים|صفحه اصلی|خانه|درباره ما|فرصت‌های شغلی|همکاری با ما|قوانین و مقررات
نقشه سایت|فروشگاه‌ها|หน้าแรก|หน้าหลัก|เกี่ยวกับเรา|ร่วมงานกับเรา|ข่าวประชาสัมพันธ์|ข้อกำหนดการใช้งาน|เงื่อนไขการใช้งาน
แผนผังเว็บไซต์|สาขา|บัตรของขวัญ|สินค้าใหม่|ลดราคา|รองเท้า|trang chủ|giới thiệu|về chúng tôi|tuyển dụng
điều khoản sử dụng|sơ đồ trang web|hệ thống cửa hàng|hàng mới|beranda|tentang kami|karier|karir|lowongan
syarat dan ketentuan|peta situs|toko kami|kartu hadiah|produk baru|होम|मुख्य पृष्ठ|हमारे बारे में|करियर
उपयोग की शर्तें|साइटमैप|स्टोर खोजें
""")

PAGES = phrases("""
contact|contact us|get in touch|contacts|blog|news|events|media|help|help center|help centre|faq|faqs|q&a|support
community|customer service|customer support|products|all products|services|our services|solutions|features|shop|store
stores|partners|gallery|forum|portfolio|team|our team|reviews|account|my account|profile|orders|my orders|favorites
favourites|wishlist|women|men|kids|girls|boys|baby|shoes|clothing|accessories|bags|beauty|brands|outlet|collections
categories|resources|developers|documentation|docs|api|status|security|download|downloads|privacy|privacy policy
cookies|cookie policy|cookie settings|accessibility|legal|newsletter|subscribe|feedback|more|deals|offers|podcast
kontakt|hilfe|hilfe & kontakt|produkte|leistungen|lösungen|dienstleistungen|service|kundenservice|aktuelles
neuigkeiten|häufige fragen|fragen und antworten|mein konto|merkzettel|wunschliste|damen|herren|kinder|datenschutz
barrierefreiheit|referenzen|partner|marken|ratgeber|magazin|veranstaltungen|datenschutzerklärung|cookie-richtlinie
cookie-einstellungen|contactez-nous|nous contacter|produits|aide|centre d'aide|actualités|foire aux questions
mon compte|favoris|femme|homme|enfant|enfants|accessoires|marques|boutique|politique de confidentialité|accessibilité
partenaires|contacto|contáctanos|productos|servicios|soluciones|ayuda|noticias|actualidad|preguntas frecuentes
mi cuenta|favoritos|mujer|hombre|niños|accesorios|marcas|tienda|política de privacidad|política de cookies
accesibilidad|socios|contatti|contattaci|prodotti|servizi|soluzioni|assistenza|aiuto|notizie|domande frequenti
il mio account|preferiti|donna|uomo|bambini|accessori|marchi|negozio|informativa sulla privacy|accessibilità|contato
contactos|fale conosco|produtos|serviços|soluções|ajuda|notícias|perguntas frequentes|minha conta|mulher|homem|criança
crianças|acessórios|loja|política de privacidade|acessibilidade|parceiros|producten|diensten|oplossingen
klantenservice|hulp|nieuws|veelgestelde vragen|mijn account|verlanglijst|dames|heren|kinderen|merken|winkel
privacybeleid|privacyverklaring|toegankelijkheid|produkter|tjänster|lösningar|blogg|kundservice|kundtjänst|hjälp|press
vanliga frågor|mitt konto|favoriter|dam|herr|barn|märken|butik|tjenester|løsninger|kundeservice|hjælp|hjelp
ofte stillede spørgsmål|ofte stilte spørsmål|min konto|min side|dame|kvinder|mænd|herre|børn|mærker|tuotteet|palvelut
ratkaisut|blogi|asiakaspalvelu|ohje|usein kysyttyä|ota yhteyttä|yhteystiedot|oma tili|tilini|naiset|miehet|lapset
kauppa|produkty|usługi|rozwiązania|pomoc|aktualności|najczęstsze pytania|częste pytania|moje konto|ulubione|kobiety
mężczyźni|dzieci|akcesoria|marki|sklep|polityka prywatności|služby|řešení|časté dotazy|můj účet|môj účet|oblíbené|ženy
muži|děti|značky|obchod|termékek|szolgáltatások|kapcsolat|segítség|ügyfélszolgálat|gyakori kérdések|gyik|fiókom
kedvencek|nők|férfiak|gyerekek|produse|servicii|ajutor|știri|întrebări frecvente|contul meu|favorite|femei|bărbați
copii|proizvodi|usluge|pomoć|vijesti|vesti|česta pitanja|moj račun|moj nalog|контакты|контакт|продукты|продукция
товары|каталог|услуги|решения|блог|помощь|поддержка|новости|вопросы и ответы|частые вопросы|личный кабинет|избранное
женщинам|мужчинам|детям|бренды|магазин|политика конфиденциальности|партнёры|партнеры|контакти|продукти|послуги
допомога|новини|питання та відповіді|мій кабінет|обране|жінкам|чоловікам|дітям|помощ|често задавани въпроси
моят профил|επικοινωνία|προϊόντα|υπηρεσίες|λύσεις|ιστολόγιο|βοήθεια|νέα|συχνές ερωτήσεις|ο λογαριασμός μου|αγαπημένα
γυναίκα|άνδρας|παιδί|iletişim|bize ulaşın|ürünler|hizmetler|çözümler|yardım|destek|haberler|sık sorulan sorular|sss
hesabım|favoriler|kadın|erkek|çocuk|markalar|mağaza|gizlilik politikası|お問い合わせ|製品|製品情報|商品一覧|サービス
ソリューション|ブログ|ヘルプ|サポート|ニュース|お知らせ|よくある質問|よくあるご質問|マイページ|お気に入り|レディース
メンズ|キッズ|ブランド|プライバシーポリシー|联系我们|聯絡我們|联系方式|产品|產品|产品中心|服务|服務|解决方案|解決方案
博客|部落格|帮助|帮助中心|幫助中心|客服中心|新闻|新聞|最新消息|常见问题|常見問題|我的账户|我的帳戶|收藏夹|女装|男装
童装|品牌|隐私政策|隱私權政策|合作伙伴|문의하기|문의|제품|제품 소개|상품|서비스|솔루션|블로그|고객센터|고객 센터
도움말|뉴스|공지사항|자주 묻는 질문|마이페이지|찜 목록|여성|남성|아동|브랜드|개인정보처리방침|اتصل بنا|تواصل معنا
المنتجات|منتجاتنا|الخدمات|خدماتنا|الحلول|المدونة|المساعدة|الدعم|الأخبار|الأسئلة الشائعة|حسابي|المفضلة|نساء|رجال|أطفال
سياسة الخصوصية|צור קשר|מוצרים|שירותים|פתרונות|בלוג|עזרה|תמיכה|חדשות|שאלות נפוצות|החשבון שלי|מועדפים|נשים|גברים|ילדים
מדיניות פרטיות|تماس با ما|محصولات|خدمات|وبلاگ|راهنما|اخبار|سوالات متداول|حساب من|ติดต่อเรา|ผลิตภัณฑ์|สินค้า|บริการ
บล็อก|ช่วยเหลือ|ข่าวสาร|คำถามที่พบบ่อย|บัญชีของฉัน|รายการโปรด|ผู้หญิง|ผู้ชาย|เด็ก|liên hệ|sản phẩm|dịch vụ|giải pháp
trợ giúp|hỗ trợ|tin tức|câu hỏi thường gặp|tài khoản|yêu thích|kontak|hubungi kami|produk|layanan|solusi|bantuan
berita|pertanyaan umum|akun saya|favorit|संपर्क|संपर्क करें|उत्पाद|सेवाएं|ब्लॉग|सहायता|समाचार
अक्सर पूछे जाने वाले प्रश्न|मेरा खाता|jobs|work with us|join us|terms|pricing|plans|plans & pricing|sale|shipping
returns|shipping & returns|order status|track order|affiliates|unternehmen|presse|preise|neuheiten|angebote|versand
rückgabe|versand & rückgabe|tarifs|nouveautés|livraison|retours|livraison et retours|prensa|precios|novedades|ofertas
envíos|devoluciones|envíos y devoluciones|azienda|stampa|prezzi|novità|offerte|spedizioni|resi|imprensa|preços
novidades|promoções|entregas|devoluções|pers|voorwaarden|prijzen|verzending|retourneren|villkor|priser|nyheter
leverans|returer|vilkår|betingelser|nyheder|tilbud|levering|salg|yritys|hinnat|hinnasto|uutuudet|tarjoukset|toimitus
palautukset|praca|prasa|cennik|nowości|promocje|dostawa|zwroty|tisk|ceník|cenník|novinky|slevy|doprava|doručení
reklamace|sajtó|árak|újdonságok|akciók|szállítás|presă|prețuri|noutăți|reduceri|livrare|retur|cjenik|novosti|dostava
пресса|цены|тарифы|новинки|акции|доставка|возврат|доставка и оплата|преса|ціни|акції|цени|η εταιρεία|τύπος|τιμές
προσφορές|αποστολή|basın|fiyatlar|fiyatlandırma|kampanyalar|teslimat|iade|採用|料金|料金プラン|配送|返品|价格|價格
定价|退货|退換貨|가격|요금제|배송|반품|الصحافة|الأسعار|التوصيل|الشحن|עיתונות|מחירים|משלוחים|החזרות|قیمت‌ها|ราคา
โปรโมชั่น|การจัดส่ง|báo chí|bảng giá|khuyến mãi|giao hàng|harga|diskon|pengiriman|प्रेस|मूल्य|बिक्री
""")

SITE_PAGES = TELLING_PAGES | PAGES

COLUMNS = phrases("""
company|the company|our company|information|info|customer service|customer care|service|services|shop|shopping|legal
quick links|useful links|links|explore|discover|resources|products|follow us|social|social media|navigation|menu
main menu|language|languages|select language|choose your language|support|help|account|my account|more|categories
about|about us|get to know us|let us help you|need help|site|pages|unternehmen|informationen|kundenservice|rechtliches
sprache|sprachen|sprache wählen|über uns|mehr|kategorien|folgen sie uns|entreprise|l'entreprise|informations
service client|aide|langue|langues|liens utiles|à propos|suivez-nous|empresa|información|atención al cliente|idioma
idiomas|enlaces|síguenos|ayuda|azienda|informazioni|servizio clienti|lingua|lingue|seguici|informações|atendimento
bedrijf|informatie|klantenservice|taal|talen|företag|kundservice|språk|firma|informacje|obsługa klienta|język|języki
компания|информация|язык|языки|помощь|şirket|bilgi|dil|diller|会社情報|言語|サポート|语言|語言|关于我们|언어|회사
اللغة|الشركة|שפה|שפות|ภาษา
""")
"""Headings over the columns of a menu."""
