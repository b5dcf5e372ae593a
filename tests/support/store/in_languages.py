"""A policy, and what stands in its place, in thirty languages; invented."""

from __future__ import annotations

POLICIES: dict[str, tuple[str, str]] = {
    "sv": (
        "Integritetspolicy",
        "Vi samlar in personuppgifter som ditt namn och din e-postadress när du använder vår webbplats. Vi "
        "använder uppgifterna för att leverera våra tjänster. Vi delar inte dina uppgifter med tredje part "
        "utan ditt samtycke. Webbplatsen använder cookies och sparar din IP-adress. Du har rätt att begära "
        "att vi raderar dina personuppgifter. Vi lagrar uppgifterna i två år och skyddar dem. Vi lämnar "
        "bara ut uppgifter om det krävs enligt lag. Vi kan ändra denna integritetspolicy. Kontakta oss om "
        "du har frågor.",
    ),
    "da": (
        "Privatlivspolitik",
        "Vi indsamler personoplysninger som dit navn og din e-mail, når du bruger vores hjemmeside. Vi "
        "bruger oplysningerne til at levere vores tjenester. Vi deler ikke dine oplysninger med tredjepart "
        "uden dit samtykke. Hjemmesiden bruger cookies og gemmer din IP-adresse. Du har ret til at få "
        "slettet dine personoplysninger. Vi opbevarer oplysningerne i to år og beskytter dem. Vi "
        "videregiver kun oplysninger, hvis lovgivningen kræver det. Vi kan ændre denne politik. Kontakt os, "
        "hvis du har spørgsmål.",
    ),
    "no": (
        "Personvernerklæring",
        "Vi samler inn personopplysninger som navnet ditt og e-postadressen din når du bruker nettstedet "
        "vårt. Vi bruker opplysningene til å levere tjenestene våre. Vi deler ikke opplysningene dine med "
        "tredjepart uten samtykke fra deg. Nettstedet bruker informasjonskapsler og lagrer IP-adressen din. "
        "Du har rett til å få slettet personopplysningene dine. Vi oppbevarer opplysningene i to år og "
        "beskytter dem. Vi utleverer bare opplysninger når lovgivningen krever det. Vi kan endre denne "
        "erklæringen. Kontakt oss hvis du har spørsmål.",
    ),
    "fi": (
        "Tietosuojaseloste",
        "Keräämme henkilötietoja, kuten nimesi ja sähköpostiosoitteesi, kun käytät verkkosivustoamme. "
        "Käytämme tietoja palvelujemme tarjoamiseen. Emme luovuta tietojasi kolmansille osapuolille ilman "
        "suostumustasi. Sivusto käyttää evästeitä ja tallentaa IP-osoitteesi. Sinulla on oikeus pyytää "
        "henkilötietojesi poistamista. Säilytämme tietoja kaksi vuotta ja suojaamme ne. Luovutamme tietoja "
        "vain, jos laki sitä vaatii. Voimme tehdä muutoksia tähän selosteeseen. Ota yhteyttä, jos sinulla "
        "on kysymyksiä.",
    ),
    "pl": (
        "Polityka prywatności",
        "Zbieramy dane osobowe, takie jak imię i adres e-mail, gdy korzystasz z naszej strony. "
        "Wykorzystujemy dane w celu świadczenia usług. Nie udostępniamy danych stronom trzecim bez Twojej "
        "zgody. Strona używa plików cookie i zapisuje adres IP. Masz prawo do usunięcia swoich danych "
        "osobowych. Przechowujemy dane przez dwa lata i zabezpieczamy je. Ujawniamy dane tylko wtedy, gdy "
        "wymagają tego przepisy. Możemy zmienić niniejszą politykę. Skontaktuj się z nami, jeśli masz "
        "pytania.",
    ),
    "cs": (
        "Zásady ochrany osobních údajů",
        "Shromažďujeme osobní údaje, jako je vaše jméno a e-mail, když používáte naše webové stránky. Údaje "
        "používáme k poskytování služeb. Údaje nesdílíme se třetími stranami bez vašeho souhlasu. Stránky "
        "používají cookies a ukládají vaši IP adresu. Máte právo na výmaz svých osobních údajů. Údaje "
        "uchováváme dva roky a chráníme je. Údaje předáváme pouze tehdy, pokud to vyžaduje zákon. Tyto "
        "zásady můžeme změnit. Máte-li dotazy, kontaktujte nás.",
    ),
    "sk": (
        "Zásady ochrany osobných údajov",
        "Zhromažďujeme osobné údaje, ako je vaše meno a e-mail, keď používate naše webové stránky. Údaje "
        "používame na poskytovanie služieb. Údaje nezdieľame s tretími stranami bez vášho súhlasu. Stránky "
        "používajú cookies a ukladajú vašu IP adresu. Máte právo na vymazanie svojich osobných údajov. "
        "Údaje uchovávame dva roky a chránime ich. Údaje poskytujeme iba vtedy, ak to vyžaduje zákon. Tieto "
        "zásady môžeme zmeniť. Ak máte otázky, kontaktujte nás.",
    ),
    "hu": (
        "Adatvédelmi tájékoztató",
        "Személyes adatokat gyűjtünk, például az Ön nevét és e-mail címét, amikor a weboldalunkat "
        "használja. Az adatokat szolgáltatásaink nyújtására használjuk fel. Az adatokat harmadik félnek nem "
        "adjuk át az Ön hozzájárulása nélkül. A weboldal sütiket használ és tárolja az IP-címét. Ön "
        "jogosult személyes adatainak törlését kérni. Az adatokat két évig őrizzük meg és védjük. Adatokat "
        "csak akkor továbbítunk, ha azt jogszabály írja elő. A tájékoztatót módosíthatjuk. Kérdés esetén "
        "lépjen velünk kapcsolatba.",
    ),
    "ro": (
        "Politica de confidențialitate",
        "Colectăm date cu caracter personal, cum ar fi numele și adresa de e-mail, atunci când utilizați "
        "site-ul nostru. Folosim datele pentru a furniza serviciile noastre. Nu partajăm datele dvs. cu "
        "părți terțe fără consimțământul dvs. Site-ul folosește cookie-uri și stochează adresa IP. Aveți "
        "dreptul de a cere ștergerea datelor cu caracter personal. Păstrăm datele timp de doi ani și le "
        "protejăm. Divulgăm date numai dacă legea o cere. Putem modifica această politică. Contactați-ne "
        "dacă aveți întrebări.",
    ),
    "bg": (
        "Политика за поверителност",
        "Събираме лични данни като вашето име и имейл, когато използвате нашия сайт. Използваме данните, за "
        "да предоставяме нашите услуги. Не споделяме личните данни с трети страни без вашето съгласие. "
        "Сайтът използва бисквитки и съхранява вашия IP адрес. Имате право на изтриване на личните данни. "
        "Съхраняваме данните две години и ги защитаваме. Разкриваме данни само ако законът го изисква. "
        "Можем да променим тази политика. Свържете се с нас, ако имате въпроси.",
    ),
    "el": (
        "Πολιτική απορρήτου",
        "Συλλέγουμε προσωπικά δεδομένα, όπως το όνομα και το email σας, όταν χρησιμοποιείτε την ιστοσελίδα "
        "μας. Χρησιμοποιούμε τα δεδομένα για να παρέχουμε τις υπηρεσίες μας. Δεν κοινοποιούμε τα δεδομένα "
        "σας σε τρίτους χωρίς τη συγκατάθεσή σας. Η ιστοσελίδα χρησιμοποιεί cookies και αποθηκεύει τη "
        "διεύθυνση IP. Έχετε δικαίωμα διαγραφής των προσωπικών δεδομένων σας. Διατηρούμε τα δεδομένα δύο "
        "χρόνια και τα προστατεύουμε. Αποκαλύπτουμε δεδομένα μόνο αν το απαιτεί ο νόμος. Μπορεί να κάνουμε "
        "αλλαγές στην πολιτική. Επικοινωνήστε μαζί μας για ερωτήσεις.",
    ),
    "uk": (
        "Політика конфіденційності",
        "Ми збираємо персональні дані, як-от ваше ім'я та електронну пошту, коли ви користуєтеся нашим "
        "сайтом. Ми використовуємо дані, щоб надавати послуги. Ми не передаємо ваші дані третім сторонам "
        "без вашої згоди. Сайт використовує файли cookie та зберігає вашу IP-адресу. Ви маєте право на "
        "видалення своїх персональних даних. Ми зберігаємо дані два роки та захищаємо їх. Ми розкриваємо "
        "дані лише тоді, коли цього вимагає закон. Ми можемо змінити цю політику. Зв'яжіться з нами, якщо "
        "маєте питання.",
    ),
    "ru": (
        "Политика конфиденциальности",
        "Мы собираем персональные данные, например ваше имя и адрес электронной почты, когда вы пользуетесь "
        "нашим сайтом. Мы используем данные, чтобы оказывать услуги. Мы не передаём ваши данные третьим "
        "лицам без вашего согласия. Сайт использует файлы cookie и сохраняет ваш IP-адрес. Вы имеете право "
        "на удаление своих персональных данных. Мы храним данные два года и защищаем их. Мы раскрываем "
        "данные только если этого требует закон. Мы можем изменить эту политику. Свяжитесь с нами, если "
        "есть вопросы.",
    ),
    "tr": (
        "Gizlilik politikası",
        "Web sitemizi kullandığınızda adınız ve e-posta adresiniz gibi kişisel verileri topluyoruz. "
        "Verileri hizmetlerimizi sunmak için kullanıyoruz. Onayınız olmadan verilerinizi üçüncü taraflarla "
        "paylaşmıyoruz. Site çerezler kullanır ve IP adresinizi saklar. Kişisel verilerinizin silinmesini "
        "isteme hakkınız var. Verileri iki yıl saklıyor ve koruyoruz. Verileri yalnızca yasa "
        "gerektirdiğinde açıklarız. Bu politikayı değiştirebiliriz. Sorularınız için bizimle iletişime "
        "geçin.",
    ),
    "hr": (
        "Pravila privatnosti",
        "Prikupljamo osobne podatke kao što su vaše ime i e-mail adresa kada koristite našu web stranicu. "
        "Podatke koristimo za pružanje usluga. Podatke ne dijelimo s trećim stranama bez vaše privole. "
        "Stranica koristi kolačiće i pohranjuje vašu IP adresu. Imate pravo na brisanje svojih osobnih "
        "podataka. Podatke čuvamo dvije godine i štitimo ih. Podatke otkrivamo samo ako to zahtijeva zakon. "
        "Možemo promijeniti ova pravila. Kontaktirajte nas ako imate pitanja.",
    ),
    "sl": (
        "Politika zasebnosti",
        "Zbiramo osebne podatke, kot sta vaše ime in e-poštni naslov, ko uporabljate našo spletno stran. "
        "Podatke uporabljamo za zagotavljanje storitev. Podatkov ne delimo s tretjimi osebami brez vaše "
        "privolitve. Spletna stran uporablja piškotke in hrani vaš IP naslov. Imate pravico do izbrisa "
        "svojih osebnih podatkov. Podatke hranimo dve leti in jih varujemo. Podatke razkrijemo samo, če to "
        "zahteva zakon. To politiko lahko spremenimo. Če imate vprašanja, se obrnite na nas.",
    ),
    "lt": (
        "Privatumo politika",
        "Renkame asmens duomenis, pavyzdžiui, jūsų vardą ir el. pašto adresą, kai naudojatės mūsų svetaine. "
        "Duomenis naudojame paslaugoms teikti. Duomenimis nesidalijame su trečiosiomis šalimis be jūsų "
        "sutikimo. Svetainė naudoja slapukus ir saugo jūsų IP adresą. Turite teisę prašyti ištrinti savo "
        "asmens duomenis. Duomenis saugome dvejus metus ir juos apsaugome. Duomenis atskleidžiame tik tada, "
        "kai to reikalauja įstatymai. Šią politiką galime pakeisti. Jei turite klausimų, susisiekite su "
        "mumis.",
    ),
    "ja": (
        "プライバシーポリシー",
        "当社は、お客様がサイトを利用する際に、お名前やメールアドレスなどの個人情報を取得します。個人情報はサ"
        "ービスの提供のために利用します。お客様の同意なく個人情報を第三者に提供しません。サイトはクッキー"
        "を使用し、IPアドレスを保存します。お客様は個人情報の削除を請求する権利があります。個人情報は二年間"
        "保管し、安全に保護します。法令に基づく場合に限り個人情報を開示します。本ポリシーは変更することが"
        "あります。ご質問はお問い合わせください。",
    ),
    "zh": (
        "隐私政策",
        "当您使用我们的网站时，我们会收集您的姓名和电子邮件等个人信息。我们使用个人信息来提供服务。未经您的同"
        "意，我们不会与第三方共享您的个人信息。网站使用cookie并保存您的IP地址。您有权要求删除您的"
        "个人信息。我们保存个人信息两年，并保护其安全。仅在法律要求时，我们才会披露个人信息。我们可能会修改本"
        "隐私政策。如有疑问，请联系我们。我们不会向未满14岁的儿童收集信息。",
    ),
    "zh-tw": (
        "隱私權政策",
        "當您使用我們的網站時，我們會蒐集您的姓名和電子郵件等個人資料。我們使用個人資料來提供服務。未經您的同"
        "意，我們不會與第三方分享您的個人資料。網站使用cookie並儲存您的IP位址。您有權要求刪除您的"
        "個人資料。我們保留個人資料兩年，並保護其安全。僅在法律要求時，我們才會揭露個人資料。我們可能會修改本"
        "隱私權政策。如有疑問，請聯絡我們。我們不會向未滿14歲的兒童蒐集資料。",
    ),
    "ko": (
        "개인정보처리방침",
        "회사는 웹사이트를 이용할 때 이름과 이메일 등 개인정보를 수집합니다. 개인정보는 서비스 제"
        "공을 위해 이용합니다. 이용자의 동의 없이 개인정보를 제3자에게 제공하지 않습니다. "
        "사이트는 쿠키를 사용하고 IP 주소를 저장합니다. 이용자는 개인정보의 삭제를 요청할 권리가"
        " 있습니다. 개인정보는 2년간 보관하며 안전하게 보호합니다. 법령에 따른 경우에만 "
        "개인정보를 공개합니다. 이 방침은 변경될 수 있습니다. 질문이 있으면 문의하세요.",
    ),
    "th": (
        "นโยบายความเป็นส่วนตัว",
        "เราเก็บรวบรวมข้อมูลส่วนบุคคล เช่น ชื่อและอีเมล เมื่อคุณใช้เว็บไซต์ของเรา "
        "เราใช้ข้อมูลเพื่อให้บริการ เราไม่เปิดเผยข้อมูลส่วนบุคคลแก่บุคคลที่สามโดยไม่ได้รับความยินยอม "
        "เว็บไซต์ใช้คุกกี้และบันทึกที่อยู่ IP คุณมีสิทธิขอให้ลบข้อมูลส่วนบุคคล "
        "เราจัดเก็บข้อมูลเป็นระยะเวลาสองปีและรักษาความปลอดภัย เราเปิดเผยข้อมูลเมื่อกฎหมายกำหนดเท่านั้น "
        "เราอาจเปลี่ยนแปลงนโยบายนี้ ติดต่อเราหากมีคำถาม",
    ),
    "vi": (
        "Chính sách bảo mật",
        "Chúng tôi thu thập dữ liệu cá nhân như tên và email khi bạn sử dụng trang web. Chúng tôi sử dụng "
        "dữ liệu để cung cấp dịch vụ. Chúng tôi không chia sẻ dữ liệu cá nhân với bên thứ ba nếu bạn không "
        "đồng ý. Trang web sử dụng cookie và lưu trữ địa chỉ IP. Bạn có quyền yêu cầu xóa dữ liệu cá nhân. "
        "Chúng tôi lưu giữ dữ liệu trong hai năm và bảo vệ chúng. Chúng tôi chỉ tiết lộ dữ liệu khi pháp "
        "luật yêu cầu. Chúng tôi có thể thay đổi chính sách này. Hãy liên hệ nếu bạn có câu hỏi.",
    ),
    "id": (
        "Kebijakan privasi",
        "Kami mengumpulkan data pribadi seperti nama dan email Anda saat Anda menggunakan situs kami. Kami "
        "menggunakan data untuk menyediakan layanan. Kami tidak membagikan data pribadi kepada pihak ketiga "
        "tanpa persetujuan Anda. Situs menggunakan cookie dan menyimpan alamat IP. Anda memiliki hak untuk "
        "meminta penghapusan data pribadi. Kami menyimpan data selama dua tahun dan melindunginya. Kami "
        "mengungkapkan data hanya jika diwajibkan oleh hukum. Kami dapat mengubah kebijakan ini. Hubungi "
        "kami jika ada pertanyaan.",
    ),
    "ar": (
        "سياسة الخصوصية",
        "نجمع البيانات الشخصية مثل اسمك وبريدك الإلكتروني عندما تستخدم موقعنا. نستخدم البيانات لتقديم "
        "خدماتنا. لا نشارك بياناتك الشخصية مع أطراف ثالثة دون موافقتك. يستخدم الموقع ملفات تعريف الارتباط "
        "ويحفظ عنوان IP. لك الحق في طلب حذف بياناتك الشخصية. نحتفظ بالبيانات لمدة عامين ونعمل على حماية "
        "أمنها. لا نقوم بالكشف عن البيانات إلا إذا طلب القانون ذلك. يجوز لنا تغيير هذه السياسة. اتصل بنا "
        "إذا كانت لديك أسئلة.",
    ),
    "fa": (
        "سیاست حریم خصوصی",
        "ما هنگام استفاده شما از وب‌سایت اطلاعات شخصی مانند نام و ایمیل شما را جمع‌آوری می‌کنیم. از اطلاعات "
        "برای ارائه خدمات استفاده می‌کنیم. اطلاعات شخصی شما را بدون رضایت شما با اشخاص ثالث به اشتراک "
        "نمی‌گذاریم. وب‌سایت از کوکی استفاده می‌کند و نشانی IP را ذخیره می‌کند. شما حق دارید حذف اطلاعات "
        "شخصی خود را بخواهید. اطلاعات را دو سال نگهداری و از آن محافظت می‌کنیم. اطلاعات را فقط اگر قانون "
        "بخواهد افشا می‌کنیم. ممکن است این سیاست را تغییر دهیم. اگر پرسشی دارید با ما تماس بگیرید.",
    ),
    "he": (
        "מדיניות פרטיות",
        "אנו אוספים מידע אישי כגון שמך וכתובת הדואר האלקטרוני כאשר אתה משתמש באתר שלנו. אנו משתמשים במידע "
        "כדי לספק שירותים. איננו משתפים מידע אישי עם צדדים שלישיים ללא הסכמתך. האתר משתמש בעוגיות ושומר את "
        "כתובת IP. יש לך זכות לבקש למחוק את המידע האישי. אנו שומרים את המידע שנתיים ומגנים עליו באמצעות "
        "אבטחה. אנו מוסרים מידע רק אם החוק מחייב זאת. אנו רשאים לעשות שינויים במדיניות זו. צור קשר אם יש לך "
        "שאלות.",
    ),
    "hi": (
        "गोपनीयता नीति",
        "जब आप हमारी वेबसाइट का उपयोग करते हैं तो हम आपका नाम और ईमेल जैसी व्यक्तिगत जानकारी एकत्र करते "
        "हैं। हम सेवाएँ प्रदान करने के लिए जानकारी का उपयोग करते हैं। हम आपकी सहमति के बिना व्यक्तिगत "
        "जानकारी तृतीय पक्ष के साथ साझा नहीं करते। वेबसाइट कुकी का उपयोग करती है और आपका आईपी पता रखती है। "
        "आपको व्यक्तिगत जानकारी हटाने का अधिकार है। हम जानकारी दो वर्ष तक रखते हैं और उसकी सुरक्षा करते "
        "हैं। हम जानकारी केवल तभी प्रकट करते हैं जब कानून कहता है। हम इस नीति में बदलाव कर सकते हैं। प्रश्न "
        "हों तो संपर्क करें।",
    ),
}
"""The title and the text of a policy in each."""

NOTICES: dict[str, dict[str, tuple[str, str]]] = {
    "sv": {
        "moved": (
            "Kettle",
            "Sidan har flyttats. Du hittar den nu på en ny adress.",
        ),
        "missing": (
            "Kettle",
            "Sidan kunde inte hittas.",
        ),
        "forbidden": (
            "Kettle",
            "Du har inte behörighet att visa den här sidan.",
        ),
        "loading": (
            "Kettle",
            "Laddar…",
        ),
        "wall": (
            "Vänta…",
            "Verifierar att du är människa. Det kan ta några sekunder.",
        ),
        "login": (
            "Kettle",
            "Du måste logga in för att se den här sidan.",
        ),
        "consent": (
            "Kettle",
            "Vi värnar om din integritet. Vi och våra 812 partner lagrar information på din enhet. "
            "Acceptera alla. Avvisa alla. Hantera inställningar.",
        ),
    },
    "da": {
        "moved": (
            "Kettle",
            "Siden er flyttet. Du finder den nu på en ny adresse.",
        ),
        "missing": (
            "Kettle",
            "Siden blev ikke fundet.",
        ),
        "forbidden": (
            "Kettle",
            "Du har ikke adgang til denne side.",
        ),
        "loading": (
            "Kettle",
            "Indlæser…",
        ),
        "wall": (
            "Lige et øjeblik…",
            "Bekræfter, at du er et menneske. Dette kan tage et par sekunder.",
        ),
        "login": (
            "Kettle",
            "Du skal være logget ind for at se denne side.",
        ),
        "consent": (
            "Kettle",
            "Vi respekterer dit privatliv. Vi og vores 812 partnere gemmer oplysninger på din enhed. "
            "Accepter alle. Afvis alle. Administrer indstillinger.",
        ),
    },
    "no": {
        "moved": (
            "Kettle",
            "Siden er flyttet. Du finner den nå på en ny adresse.",
        ),
        "missing": (
            "Kettle",
            "Siden ble ikke funnet.",
        ),
        "forbidden": (
            "Kettle",
            "Du har ikke tilgang til denne siden.",
        ),
        "loading": (
            "Kettle",
            "Laster inn…",
        ),
        "wall": (
            "Et øyeblikk…",
            "Bekrefter at du er et menneske. Dette kan ta noen sekunder.",
        ),
        "login": (
            "Kettle",
            "Du må logge inn for å se denne siden.",
        ),
        "consent": (
            "Kettle",
            "Vi tar vare på personvernet ditt. Vi og våre 812 partnere lagrer informasjon på enheten din. "
            "Godta alle. Avvis alle. Administrer innstillinger.",
        ),
    },
    "fi": {
        "moved": (
            "Kettle",
            "Sivu on siirretty. Löydät sen nyt uudesta osoitteesta.",
        ),
        "missing": (
            "Kettle",
            "Sivua ei löytynyt.",
        ),
        "forbidden": (
            "Kettle",
            "Sinulla ei ole oikeutta nähdä tätä sivua.",
        ),
        "loading": (
            "Kettle",
            "Ladataan…",
        ),
        "wall": (
            "Hetkinen…",
            "Varmistetaan, että olet ihminen. Tämä voi kestää muutaman sekunnin.",
        ),
        "login": (
            "Kettle",
            "Kirjaudu sisään nähdäksesi tämän sivun.",
        ),
        "consent": (
            "Kettle",
            "Arvostamme yksityisyyttäsi. Me ja 812 kumppaniamme tallennamme tietoja laitteellesi. Hyväksy "
            "kaikki. Hylkää kaikki. Hallinnoi asetuksia.",
        ),
    },
    "pl": {
        "moved": (
            "Kettle",
            "Strona została przeniesiona. Znajduje się teraz pod nowym adresem.",
        ),
        "missing": (
            "Kettle",
            "Nie znaleziono strony.",
        ),
        "forbidden": (
            "Kettle",
            "Nie masz uprawnień do wyświetlenia tej strony.",
        ),
        "loading": (
            "Kettle",
            "Ładowanie…",
        ),
        "wall": (
            "Cierpliwości…",
            "Weryfikujemy, czy jesteś człowiekiem. Może to potrwać kilka sekund.",
        ),
        "login": (
            "Kettle",
            "Zaloguj się, aby zobaczyć tę stronę.",
        ),
        "consent": (
            "Kettle",
            "Cenimy Twoją prywatność. My i nasi 812 partnerzy przechowujemy informacje na Twoim urządzeniu. "
            "Zaakceptuj wszystkie. Odrzuć wszystkie. Zarządzaj ustawieniami.",
        ),
    },
    "cs": {
        "moved": (
            "Kettle",
            "Stránka byla přesunuta. Nyní ji najdete na nové adrese.",
        ),
        "missing": (
            "Kettle",
            "Stránka nebyla nalezena.",
        ),
        "forbidden": (
            "Kettle",
            "Nemáte oprávnění zobrazit tuto stránku.",
        ),
        "loading": (
            "Kettle",
            "Načítání…",
        ),
        "wall": (
            "Okamžik…",
            "Ověřujeme, že jste člověk. Může to trvat několik sekund.",
        ),
        "login": (
            "Kettle",
            "Pro zobrazení této stránky se musíte přihlásit.",
        ),
        "consent": (
            "Kettle",
            "Vážíme si vašeho soukromí. My a našich 812 partnerů ukládáme informace do vašeho zařízení. "
            "Přijmout vše. Odmítnout vše. Spravovat nastavení.",
        ),
    },
    "sk": {
        "moved": (
            "Kettle",
            "Stránka bola presunutá. Nájdete ju na novej adrese.",
        ),
        "missing": (
            "Kettle",
            "Stránka sa nenašla.",
        ),
        "forbidden": (
            "Kettle",
            "Nemáte oprávnenie zobraziť túto stránku.",
        ),
        "loading": (
            "Kettle",
            "Načítava sa…",
        ),
        "wall": (
            "Moment…",
            "Overujeme, či ste človek. Môže to trvať niekoľko sekúnd.",
        ),
        "login": (
            "Kettle",
            "Ak chcete zobraziť túto stránku, musíte sa prihlásiť.",
        ),
        "consent": (
            "Kettle",
            "Vážime si vaše súkromie. My a našich 812 partnerov ukladáme informácie vo vašom zariadení. "
            "Prijať všetko. Odmietnuť všetko. Spravovať nastavenia.",
        ),
    },
    "hu": {
        "moved": (
            "Kettle",
            "Az oldal elköltözött. Mostantól új címen érhető el.",
        ),
        "missing": (
            "Kettle",
            "Az oldal nem található.",
        ),
        "forbidden": (
            "Kettle",
            "Nincs jogosultsága az oldal megtekintéséhez.",
        ),
        "loading": (
            "Kettle",
            "Betöltés…",
        ),
        "wall": (
            "Egy pillanat…",
            "Ellenőrizzük, hogy Ön ember-e. Ez eltarthat néhány másodpercig.",
        ),
        "login": (
            "Kettle",
            "Az oldal megtekintéséhez jelentkezzen be.",
        ),
        "consent": (
            "Kettle",
            "Fontos számunkra az Ön adatainak védelme. Mi és 812 partnerünk információkat tárolunk az "
            "eszközén. Összes elfogadása. Összes elutasítása. Beállítások kezelése.",
        ),
    },
    "ro": {
        "moved": (
            "Kettle",
            "Pagina a fost mutată. O găsiți acum la o adresă nouă.",
        ),
        "missing": (
            "Kettle",
            "Pagina nu a fost găsită.",
        ),
        "forbidden": (
            "Kettle",
            "Nu aveți permisiunea de a vedea această pagină.",
        ),
        "loading": (
            "Kettle",
            "Se încarcă…",
        ),
        "wall": (
            "Un moment…",
            "Verificăm dacă sunteți om. Poate dura câteva secunde.",
        ),
        "login": (
            "Kettle",
            "Trebuie să vă autentificați pentru a vedea această pagină.",
        ),
        "consent": (
            "Kettle",
            "Respectăm confidențialitatea dvs. Noi și cei 812 parteneri ai noștri stocăm informații pe "
            "dispozitivul dvs. Acceptă toate. Respinge toate. Gestionează preferințele.",
        ),
    },
    "bg": {
        "moved": (
            "Kettle",
            "Страницата е преместена. Ще я намерите на нов адрес.",
        ),
        "missing": (
            "Kettle",
            "Страницата не е намерена.",
        ),
        "forbidden": (
            "Kettle",
            "Нямате достъп до тази страница.",
        ),
        "loading": (
            "Kettle",
            "Зареждане…",
        ),
        "wall": (
            "Един момент…",
            "Проверяваме дали сте човек. Това може да отнеме няколко секунди.",
        ),
        "login": (
            "Kettle",
            "Трябва да влезете, за да видите тази страница.",
        ),
        "consent": (
            "Kettle",
            "Ценим вашата поверителност. Ние и нашите 812 партньори съхраняваме информация на вашето "
            "устройство. Приемам всички. Отхвърлям всички. Управление на настройките.",
        ),
    },
    "el": {
        "moved": (
            "Kettle",
            "Η σελίδα έχει μετακινηθεί. Θα τη βρείτε σε νέα διεύθυνση.",
        ),
        "missing": (
            "Kettle",
            "Η σελίδα δεν βρέθηκε.",
        ),
        "forbidden": (
            "Kettle",
            "Δεν έχετε δικαίωμα πρόσβασης σε αυτή τη σελίδα.",
        ),
        "loading": (
            "Kettle",
            "Φόρτωση…",
        ),
        "wall": (
            "Μια στιγμή…",
            "Επαλήθευση ότι είστε άνθρωπος. Αυτό μπορεί να διαρκέσει μερικά δευτερόλεπτα.",
        ),
        "login": (
            "Kettle",
            "Πρέπει να συνδεθείτε για να δείτε αυτή τη σελίδα.",
        ),
        "consent": (
            "Kettle",
            "Σεβόμαστε το απόρρητό σας. Εμείς και οι 812 συνεργάτες μας αποθηκεύουμε πληροφορίες στη "
            "συσκευή σας. Αποδοχή όλων. Απόρριψη όλων. Διαχείριση ρυθμίσεων.",
        ),
    },
    "uk": {
        "moved": (
            "Kettle",
            "Сторінку переміщено. Тепер вона за новою адресою.",
        ),
        "missing": (
            "Kettle",
            "Сторінку не знайдено.",
        ),
        "forbidden": (
            "Kettle",
            "У вас немає доступу до цієї сторінки.",
        ),
        "loading": (
            "Kettle",
            "Завантаження…",
        ),
        "wall": (
            "Зачекайте…",
            "Перевіряємо, чи ви людина. Це може зайняти кілька секунд.",
        ),
        "login": (
            "Kettle",
            "Увійдіть, щоб переглянути цю сторінку.",
        ),
        "consent": (
            "Kettle",
            "Ми цінуємо вашу конфіденційність. Ми та наші 812 партнерів зберігаємо інформацію на вашому "
            "пристрої. Прийняти всі. Відхилити всі. Керувати налаштуваннями.",
        ),
    },
    "ru": {
        "moved": (
            "Kettle",
            "Страница перемещена. Теперь она находится по новому адресу.",
        ),
        "missing": (
            "Kettle",
            "Страница не найдена.",
        ),
        "forbidden": (
            "Kettle",
            "У вас нет прав для просмотра этой страницы.",
        ),
        "loading": (
            "Kettle",
            "Загрузка…",
        ),
        "wall": (
            "Один момент…",
            "Проверяем, что вы человек. Это может занять несколько секунд.",
        ),
        "login": (
            "Kettle",
            "Войдите, чтобы просмотреть эту страницу.",
        ),
        "consent": (
            "Kettle",
            "Мы ценим вашу конфиденциальность. Мы и наши 812 партнёров храним информацию на вашем "
            "устройстве. Принять все. Отклонить все. Управление настройками.",
        ),
    },
    "tr": {
        "moved": (
            "Kettle",
            "Sayfa taşındı. Artık yeni adresinde.",
        ),
        "missing": (
            "Kettle",
            "Sayfa bulunamadı.",
        ),
        "forbidden": (
            "Kettle",
            "Bu sayfayı görüntüleme izniniz yok.",
        ),
        "loading": (
            "Kettle",
            "Yükleniyor…",
        ),
        "wall": (
            "Bir dakika lütfen…",
            "İnsan olduğunuz doğrulanıyor. Bu işlem birkaç saniye sürebilir.",
        ),
        "login": (
            "Kettle",
            "Bu sayfayı görmek için giriş yapmalısınız.",
        ),
        "consent": (
            "Kettle",
            "Gizliliğinize değer veriyoruz. Biz ve 812 iş ortağımız cihazınızda bilgi saklıyoruz. Tümünü "
            "kabul et. Tümünü reddet. Tercihleri yönet.",
        ),
    },
    "hr": {
        "moved": (
            "Kettle",
            "Stranica je premještena. Sada se nalazi na novoj adresi.",
        ),
        "missing": (
            "Kettle",
            "Stranica nije pronađena.",
        ),
        "forbidden": (
            "Kettle",
            "Nemate dopuštenje za pregled ove stranice.",
        ),
        "loading": (
            "Kettle",
            "Učitavanje…",
        ),
        "wall": (
            "Trenutak…",
            "Provjeravamo jeste li čovjek. To može potrajati nekoliko sekundi.",
        ),
        "login": (
            "Kettle",
            "Morate se prijaviti da biste vidjeli ovu stranicu.",
        ),
        "consent": (
            "Kettle",
            "Cijenimo vašu privatnost. Mi i naših 812 partnera pohranjujemo podatke na vašem uređaju. "
            "Prihvati sve. Odbij sve. Upravljaj postavkama.",
        ),
    },
    "sl": {
        "moved": (
            "Kettle",
            "Stran je bila premaknjena. Zdaj je na novem naslovu.",
        ),
        "missing": (
            "Kettle",
            "Stran ni bila najdena.",
        ),
        "forbidden": (
            "Kettle",
            "Nimate dovoljenja za ogled te strani.",
        ),
        "loading": (
            "Kettle",
            "Nalaganje…",
        ),
        "wall": (
            "Trenutek…",
            "Preverjamo, ali ste človek. To lahko traja nekaj sekund.",
        ),
        "login": (
            "Kettle",
            "Za ogled te strani se morate prijaviti.",
        ),
        "consent": (
            "Kettle",
            "Cenimo vašo zasebnost. Mi in naših 812 partnerjev shranjujemo informacije na vaši napravi. "
            "Sprejmi vse. Zavrni vse. Upravljanje nastavitev.",
        ),
    },
    "lt": {
        "moved": (
            "Kettle",
            "Puslapis perkeltas. Dabar jį rasite nauju adresu.",
        ),
        "missing": (
            "Kettle",
            "Puslapis nerastas.",
        ),
        "forbidden": (
            "Kettle",
            "Neturite teisės peržiūrėti šio puslapio.",
        ),
        "loading": (
            "Kettle",
            "Įkeliama…",
        ),
        "wall": (
            "Akimirką…",
            "Tikriname, ar esate žmogus. Tai gali užtrukti kelias sekundes.",
        ),
        "login": (
            "Kettle",
            "Norėdami peržiūrėti šį puslapį, prisijunkite.",
        ),
        "consent": (
            "Kettle",
            "Mes gerbiame jūsų privatumą. Mes ir mūsų 812 partnerių saugome informaciją jūsų įrenginyje. "
            "Priimti viską. Atmesti viską. Tvarkyti nustatymus.",
        ),
    },
    "ja": {
        "moved": (
            "Kettle",
            "このページは移転しました。新しいアドレスはこちらです。",
        ),
        "missing": (
            "Kettle",
            "ページが見つかりません",
        ),
        "forbidden": (
            "Kettle",
            "このページを表示する権限がありません。",
        ),
        "loading": (
            "Kettle",
            "読み込み中…",
        ),
        "wall": (
            "しばらくお待ちください...",
            "あなたが人間であることを確認しています。これには数秒かかる場合があります。",
        ),
        "login": (
            "Kettle",
            "このページを表示するにはログインしてください。",
        ),
        "consent": (
            "Kettle",
            "お客様のプライバシーを尊重します。当社と812社のパートナーはお使いのデバイスに情報を保存します。す"
            "べて同意する。すべて拒否する。設定を管理する。",
        ),
    },
    "zh": {
        "moved": (
            "Kettle",
            "该页面已迁移至新地址。",
        ),
        "missing": (
            "Kettle",
            "页面不存在",
        ),
        "forbidden": (
            "Kettle",
            "您没有权限访问此页面。",
        ),
        "loading": (
            "Kettle",
            "加载中…",
        ),
        "wall": (
            "请稍候…",
            "正在验证您是否是真人。这可能需要几秒钟时间。",
        ),
        "login": (
            "Kettle",
            "请登录后查看此页面。",
        ),
        "consent": (
            "Kettle",
            "我们重视您的隐私。我们和我们的812个合作伙伴在您的设备上存储信息。全部接受。全部拒绝。管理偏好设置。",
        ),
    },
    "zh-tw": {
        "moved": (
            "Kettle",
            "此頁面已移至新網址。",
        ),
        "missing": (
            "Kettle",
            "找不到頁面",
        ),
        "forbidden": (
            "Kettle",
            "您沒有權限檢視此頁面。",
        ),
        "loading": (
            "Kettle",
            "載入中…",
        ),
        "wall": (
            "請稍候…",
            "正在驗證您是否為真人。這可能需要幾秒鐘時間。",
        ),
        "login": (
            "Kettle",
            "請先登入才能檢視此頁面。",
        ),
        "consent": (
            "Kettle",
            "我們重視您的隱私權。我們和812個合作夥伴在您的裝置上儲存資訊。全部接受。全部拒絕。管理偏好設定。",
        ),
    },
    "ko": {
        "moved": (
            "Kettle",
            "페이지가 이전되었습니다. 새 주소에서 확인하세요.",
        ),
        "missing": (
            "Kettle",
            "페이지를 찾을 수 없습니다.",
        ),
        "forbidden": (
            "Kettle",
            "이 페이지를 볼 수 있는 권한이 없습니다.",
        ),
        "loading": (
            "Kettle",
            "로딩 중…",
        ),
        "wall": (
            "잠시만 기다리십시오…",
            "사람인지 확인하는 중입니다. 몇 초 정도 걸릴 수 있습니다.",
        ),
        "login": (
            "Kettle",
            "이 페이지를 보려면 로그인하세요.",
        ),
        "consent": (
            "Kettle",
            "귀하의 개인정보를 소중히 여깁니다. 당사와 812개 파트너는 귀하의 기기에 정보를 저장합니"
            "다. 모두 동의. 모두 거부. 설정 관리.",
        ),
    },
    "th": {
        "moved": (
            "Kettle",
            "หน้านี้ถูกย้ายไปยังที่อยู่ใหม่แล้ว",
        ),
        "missing": (
            "Kettle",
            "ไม่พบหน้าที่คุณต้องการ",
        ),
        "forbidden": (
            "Kettle",
            "คุณไม่มีสิทธิ์เข้าถึงหน้านี้",
        ),
        "loading": (
            "Kettle",
            "กำลังโหลด…",
        ),
        "wall": (
            "สักครู่...",
            "กำลังตรวจสอบว่าคุณเป็นมนุษย์ อาจใช้เวลาสักครู่",
        ),
        "login": (
            "Kettle",
            "กรุณาเข้าสู่ระบบเพื่อดูหน้านี้",
        ),
        "consent": (
            "Kettle",
            "เราให้ความสำคัญกับความเป็นส่วนตัวของคุณ เราและพันธมิตร 812 รายจัดเก็บข้อมูลบนอุปกรณ์ของคุณ "
            "ยอมรับทั้งหมด ปฏิเสธทั้งหมด จัดการการตั้งค่า",
        ),
    },
    "vi": {
        "moved": (
            "Kettle",
            "Trang này đã được chuyển sang địa chỉ mới.",
        ),
        "missing": (
            "Kettle",
            "Không tìm thấy trang.",
        ),
        "forbidden": (
            "Kettle",
            "Bạn không có quyền xem trang này.",
        ),
        "loading": (
            "Kettle",
            "Đang tải…",
        ),
        "wall": (
            "Chờ một chút…",
            "Đang xác minh bạn là con người. Thao tác này có thể mất vài giây.",
        ),
        "login": (
            "Kettle",
            "Vui lòng đăng nhập để xem trang này.",
        ),
        "consent": (
            "Kettle",
            "Chúng tôi coi trọng quyền riêng tư của bạn. Chúng tôi và 812 đối tác lưu trữ thông tin trên "
            "thiết bị của bạn. Chấp nhận tất cả. Từ chối tất cả. Quản lý tùy chọn.",
        ),
    },
    "id": {
        "moved": (
            "Kettle",
            "Halaman ini telah dipindahkan ke alamat baru.",
        ),
        "missing": (
            "Kettle",
            "Halaman tidak ditemukan.",
        ),
        "forbidden": (
            "Kettle",
            "Anda tidak memiliki izin untuk melihat halaman ini.",
        ),
        "loading": (
            "Kettle",
            "Memuat…",
        ),
        "wall": (
            "Tunggu sebentar…",
            "Memverifikasi bahwa Anda manusia. Ini mungkin memerlukan beberapa detik.",
        ),
        "login": (
            "Kettle",
            "Silakan masuk untuk melihat halaman ini.",
        ),
        "consent": (
            "Kettle",
            "Kami menghargai privasi Anda. Kami dan 812 mitra kami menyimpan informasi di perangkat Anda. "
            "Terima semua. Tolak semua. Kelola preferensi.",
        ),
    },
    "ar": {
        "moved": (
            "Kettle",
            "تم نقل هذه الصفحة إلى عنوان جديد.",
        ),
        "missing": (
            "Kettle",
            "الصفحة غير موجودة.",
        ),
        "forbidden": (
            "Kettle",
            "ليس لديك إذن لعرض هذه الصفحة.",
        ),
        "loading": (
            "Kettle",
            "جارٍ التحميل…",
        ),
        "wall": (
            "لحظة…",
            "جارٍ التحقق من أنك إنسان. قد يستغرق هذا بضع ثوانٍ.",
        ),
        "login": (
            "Kettle",
            "يرجى تسجيل الدخول لعرض هذه الصفحة.",
        ),
        "consent": (
            "Kettle",
            "نحن نقدر خصوصيتك. نقوم نحن وشركاؤنا البالغ عددهم 812 بتخزين المعلومات على جهازك. قبول الكل. "
            "رفض الكل. إدارة التفضيلات.",
        ),
    },
    "fa": {
        "moved": (
            "Kettle",
            "این صفحه به نشانی جدیدی منتقل شده است.",
        ),
        "missing": (
            "Kettle",
            "صفحه یافت نشد.",
        ),
        "forbidden": (
            "Kettle",
            "شما اجازه دیدن این صفحه را ندارید.",
        ),
        "loading": (
            "Kettle",
            "در حال بارگذاری…",
        ),
        "wall": (
            "یک لحظه…",
            "در حال بررسی انسان بودن شما. ممکن است چند ثانیه طول بکشد.",
        ),
        "login": (
            "Kettle",
            "برای دیدن این صفحه وارد شوید.",
        ),
        "consent": (
            "Kettle",
            "ما به حریم خصوصی شما احترام می‌گذاریم. ما و ۸۱۲ شریک ما اطلاعات را در دستگاه شما ذخیره "
            "می‌کنیم. پذیرش همه. رد همه. مدیریت تنظیمات.",
        ),
    },
    "he": {
        "moved": (
            "Kettle",
            "הדף הועבר לכתובת חדשה.",
        ),
        "missing": (
            "Kettle",
            "הדף לא נמצא.",
        ),
        "forbidden": (
            "Kettle",
            "אין לך הרשאה לצפות בדף זה.",
        ),
        "loading": (
            "Kettle",
            "טוען…",
        ),
        "wall": (
            "רק רגע…",
            "מוודאים שאתה אנושי. פעולה זו עשויה להימשך מספר שניות.",
        ),
        "login": (
            "Kettle",
            "יש להתחבר כדי לצפות בדף זה.",
        ),
        "consent": (
            "Kettle",
            "אנו מכבדים את הפרטיות שלך. אנו ו-812 השותפים שלנו מאחסנים מידע במכשיר שלך. קבל הכל. דחה הכל. נהל העדפות.",
        ),
    },
    "hi": {
        "moved": (
            "Kettle",
            "यह पृष्ठ नए पते पर स्थानांतरित कर दिया गया है।",
        ),
        "missing": (
            "Kettle",
            "पृष्ठ नहीं मिला।",
        ),
        "forbidden": (
            "Kettle",
            "आपको यह पृष्ठ देखने की अनुमति नहीं है।",
        ),
        "loading": (
            "Kettle",
            "लोड हो रहा है…",
        ),
        "wall": (
            "कृपया प्रतीक्षा करें…",
            "सत्यापित किया जा रहा है कि आप मानव हैं। इसमें कुछ सेकंड लग सकते हैं।",
        ),
        "login": (
            "Kettle",
            "यह पृष्ठ देखने के लिए लॉग इन करें।",
        ),
        "consent": (
            "Kettle",
            "हम आपकी गोपनीयता का सम्मान करते हैं। हम और हमारे 812 भागीदार आपके डिवाइस पर जानकारी संग्रहीत "
            "करते हैं। सभी स्वीकार करें। सभी अस्वीकार करें। प्राथमिकताएँ प्रबंधित करें।",
        ),
    },
}
"""The title and the text of a page that has moved, is missing, or is forbidden, and so on, in each."""
