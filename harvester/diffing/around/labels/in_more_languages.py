"""Labels of buttons and menus in more languages, and those that lead back; docs/kinds.md says where each kind counts.

Whole phrases in lower case, divided by bars or line ends.
"""

ACTIONS = """
ylös|takaisin ylös|palaa ylös|sivun alkuun|palaa etusivulle|takaisin etusivulle|sulje|valikko|avaa valikko
siirry sisältöön|siirry pääsisältöön|hyppää sisältöön|sisällysluettelo|lue lisää
til toppen|tilbage til toppen|gå til toppen|tilbage til forsiden|luk|gå til indhold|gå til hovedindhold
spring til indhold|indholdsfortegnelse|læs mere
tilbake til toppen|tilbake til forsiden|lukk|meny|hopp til innhold|hopp til hovedinnhold|gå til hovedinnhold
innholdsfortegnelse|les mer
tillbaka till toppen|upp till toppen|till sidans topp|tillbaka till startsidan|hoppa till innehåll|innehållsförteckning
nahoru|zpět nahoru|zpět na začátek|zpět na hlavní stránku|zpět na úvod|zavřít|přejít k obsahu|přeskočit na obsah
přejít na hlavní obsah|číst dále|více informací
späť hore|späť na začiatok|späť na hlavnú stránku|zavrieť|zatvoriť|preskočiť na obsah|prejsť na obsah|čítať viac
viac informácií
vissza a tetejére|a lap tetejére|az oldal tetejére|vissza a főoldalra|bezárás|ugrás a tartalomhoz|ugrás a tartalomra
tartalomjegyzék|bővebben
înapoi sus|mergi sus|înapoi la pagina principală|închide|meniu|sari la conținut|mergi la conținut|cuprins
citește mai mult|află mai multe
нагоре|обратно нагоре|към началото|затвори|меню|към съдържанието|прочети повече|научете повече
вгору|догори|нагору|на початок сторінки|на головну|повернутися на головну|закрити|перейти до вмісту|перейти до змісту
читати далі|детальніше|докладніше
на главную|вернуться на главную|вернуться на главную страницу|вернуться назад|к началу страницы|вернуться к началу
читать далее|перейти к содержимому
επιστροφή στην κορυφή|στην κορυφή|κλείσιμο|μενού|μετάβαση στο περιεχόμενο|διαβάστε περισσότερα|μάθετε περισσότερα
lên đầu trang|về đầu trang|trở lại đầu trang|về trang chủ|đóng|mục lục|xem thêm|đọc thêm|chuyển đến nội dung
kembali ke atas|kembali ke beranda|tutup|lompat ke konten|langsung ke konten|daftar isi|baca selengkapnya
torna amunt|tornar a dalt|tancar|vés al contingut|saltar al contingut|llegir més|llegeix més
na vrh|povratak na vrh|natrag na vrh|nazaj na vrh|zatvori|zapri|izbornik|preskoči na sadržaj|skoči na vsebino
pročitaj više|preberi več
üles|tagasi üles|avalehele|sulge|menüü|liigu sisu juurde|sisukord|loe edasi
uz augšu|atpakaļ uz augšu|aizvērt|izvēlne|pāriet uz saturu|lasīt vairāk
į viršų|grįžti į viršų|uždaryti|pereiti prie turinio|skaityti daugiau
بازگشت به بالا|رفتن به بالا|بستن|منو|پرش به محتوا|رفتن به محتوا|فهرست مطالب|ادامه مطلب
back to home|back to homepage|back to the homepage|back to home page|back to the home page|return to home
return to homepage|return to the home page|return home|back home|go back
zurück zur startseite|zur startseite|zurück zur übersicht|retour à l'accueil|revenir à l'accueil
volver al inicio|volver atrás|volver a la página principal|regresar al inicio
torna indietro|torna alla home|torna alla homepage|voltar à página inicial|voltar para a página inicial
voltar para o início|terug naar home|terug naar de homepage|ga terug
powrót na stronę główną|wróć na stronę główną|powrót do strony głównej|geri dön|ana sayfaya dön
前のページに戻る|ホームに戻る|トップページに戻る|返回首页|返回首頁|返回主页|返回上一页|返回上一頁
뒤로 가기|돌아가기|홈으로|홈으로 돌아가기|العودة إلى الرئيسية|العودة للرئيسية|חזרה לדף הבית|กลับหน้าแรก|वापस जाएं
"""
"""What only a page does."""

NAMES_TOO = """
follow|folgen|suivre|seguir|segui|volgen|följ|følg|seuraa|obserwuj|sledovat|követés|подписаться|takip et|フォローする
팔로우|关注|關注
back|zurück|retour|volver|atrás|regresar|indietro|voltar|terug|tillbaka|tilbage|tilbake|takaisin|palaa|wstecz|powrót
wróć|zpět|späť|vissza|înapoi|назад|geri|戻る|返回|뒤로|رجوع|عودة|חזרה|กลับ|ย้อนกลับ|वापस|quay lại|trở lại|kembali|natrag
nazaj|tagasi|atpakaļ|atgal|بازگشت|πίσω|επιστροφή
haku|etsi|tulosta|kirjaudu|kirjaudu sisään|rekisteröidy|etusivu|ostoskori
søg|udskriv|log ind|forside|indkøbskurv|søk|logg inn|handlekurv|skriv ut
hledat|vyhledat|vytisknout|přihlásit se|přihlášení|registrace|domů|košík
hľadať|vyhľadať|vytlačiť|prihlásiť sa|prihlásenie|registrácia|domov
keresés|nyomtatás|bejelentkezés|belépés|regisztráció|főoldal|kezdőlap|kosár
căutare|caută|tipărește|autentificare|conectare|înregistrare|acasă
търсене|печат|регистрация|начало|пошук|друк|увійти|реєстрація|головна|кошик
αναζήτηση|εκτύπωση|σύνδεση|εγγραφή|αρχική|tìm kiếm|đăng nhập|đăng ký|trang chủ|giỏ hàng|cari|cetak|beranda|keranjang
cercar|inicia la sessió|cistella|traži|iskanje|prijava|košarica|otsi|logi sisse|ostukorv|meklēt|pieslēgties
paieška|prisijungti|registruotis|جستجو|ورود|ثبت نام|سبد خرید
"""
"""What also names what a reader does, and so what data is collected for."""
