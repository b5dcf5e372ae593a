"""A postal address of one party in the place of another, as forty countries write them: in a line, or in several."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from harvester.diffing import Kind
from tests.support.diffing.passages import between

PARTIES = {
    "fr": "Acme SAS",
    "de": "Acme GmbH",
    "at": "Acme GmbH",
    "ch": "Acme AG",
    "es": "Acme S.L.",
    "it": "Acme S.r.l.",
    "pt": "Acme Lda",
    "nl": "Acme B.V.",
    "pl": "Acme Sp. z o.o.",
    "sv": "Acme AB",
    "tr": "Acme A.Ş.",
    "ru": "ООО «Акме»",
    "jp": "株式会社アクメ",
    "kr": "주식회사 아크메",
    "cn": "阿克美有限公司",
    "he": 'אקמה בע"מ',
    "ar": "شركة أكمي",
    "hi": "एक्मे लिमिटेड",
    "th": "บริษัท แอคมี จำกัด",
}
ADDRESSES = [
    ("fr", "12 rue de la Paix, 75002 Paris", "5 avenue Foch, 69006 Lyon"),
    ("fr", "12, rue de la Paix 75002 Paris", "5, avenue Foch 69006 Lyon"),
    ("fr", "3 bis boulevard Haussmann, 75009 Paris", "18 quai Claude Bernard, 69007 Lyon"),
    ("fr", "12 rue de la Paix, Paris", "5 avenue Foch, Lyon"),
    (
        "fr",
        "Immeuble Le Cristal, 4 place de la Défense, 92800 Puteaux",
        "Tour Alto, 12 allée de l'Arche, 92400 Courbevoie",
    ),
    ("de", "Hafenstraße 7, 24103 Kiel", "Lindenallee 22, 50968 Köln"),
    ("de", "Hafenstr. 7, D-24103 Kiel", "Lindenallee 22, D-50968 Köln"),
    ("de", "Am Wall 3, 28195 Bremen", "Unter den Linden 77, 10117 Berlin"),
    ("de", "Marktplatz 1, Bremen", "Domgasse 4, Köln"),
    ("de", "Alte Gasse 9a, 60313 Frankfurt am Main", "Zum Hafen 12, 18057 Rostock"),
    ("at", "Wienzeile 1, 1060 Wien", "Getreidegasse 9, 5020 Salzburg"),
    ("at", "Mariahilfer Straße 88/2/14, 1070 Wien", "Herrengasse 3, 8010 Graz"),
    ("ch", "Bahnhofstrasse 10, 8001 Zürich", "Spitalgasse 4, 3011 Bern"),
    ("ch", "Rue du Rhône 12, CH-1204 Genève", "Avenue de la Gare 5, CH-1003 Lausanne"),
    ("es", "Calle Mayor 12, 28013 Madrid", "Gran Vía 40, 48009 Bilbao"),
    ("es", "C/ Serrano, 21, 2º izq., 28001 Madrid", "Avda. Diagonal, 640, 6ª planta, 08017 Barcelona"),
    ("es", "Paseo de la Castellana 95, Madrid", "Plaza Nueva 3, Sevilla"),
    ("es", "Pol. Ind. Las Mercedes, nave 4, 28022 Madrid", "Carretera de Cádiz km 7, 41012 Sevilla"),
    ("it", "Via Roma 10, 20121 Milano", "Corso Garibaldi 7, 80142 Napoli"),
    ("it", "Via G. Mazzini, 5 - 00195 Roma (RM)", "Piazza Duomo, 3 - 50122 Firenze (FI)"),
    ("it", "Viale Monza 12, Milano", "Largo Augusto 8, Torino"),
    ("it", "Strada Provinciale 12, 25080 Brescia BS", "Vicolo Stretto 4, 40121 Bologna BO"),
    ("pt", "Rua Augusta 24, 1100-053 Lisboa", "Avenida da Boavista 1200, 4100-114 Porto"),
    ("pt", "Av. Paulista, 1000, São Paulo - SP, 01310-100", "Rua da Bahia, 20, Belo Horizonte - MG, 30160-010"),
    ("pt", "Travessa do Carmo 5, Lisboa", "Largo do Rato 9, Porto"),
    ("nl", "Keizersgracht 12, 1015 CX Amsterdam", "Coolsingel 40, 3011 AD Rotterdam"),
    ("nl", "Hoofdstraat 5, 3512AB Utrecht", "Stationsplein 9, 5611AC Eindhoven"),
    ("nl", "Herengracht 12-3, Amsterdam", "Wijnhaven 3, Rotterdam"),
    ("nl", "Postbus 1234, 1000 AB Amsterdam", "Postbus 55, 3500 AC Utrecht"),
    ("pl", "ul. Prosta 20, 00-850 Warszawa", "ul. Długa 5, 31-147 Kraków"),
    ("pl", "ul. Marszałkowska 1 lok. 4, 00-624 Warszawa", "al. Jerozolimskie 44/10, 00-024 Warszawa"),
    ("pl", "al. Niepodległości 12, Warszawa", "pl. Wolności 7, Poznań"),
    ("pl", "os. Zwycięstwa 7/2, 61-643 Poznań", "ulica Piękna 18, 00-549 Warszawa"),
    ("sv", "Storgatan 5, 111 23 Stockholm", "Drottninggatan 14, 411 14 Göteborg"),
    ("sv", "Box 123, 101 22 Stockholm", "Box 77, 401 20 Göteborg"),
    ("sv", "Kungsgatan 9, Stockholm", "Sveavägen 44, Malmö"),
    ("sv", "Västra Hamngatan 3, SE-411 17 Göteborg", "Norra Vallgatan 70, SE-211 22 Malmö"),
    ("tr", "Atatürk Caddesi No: 5, 34330 İstanbul", "Bağdat Caddesi No: 77, 34710 İstanbul"),
    (
        "tr",
        "Levent Mah. Büyükdere Cad. No:12 Kat:3 34330 Beşiktaş/İstanbul",
        "Kızılay Mah. Atatürk Bulvarı No:44 06420 Çankaya/Ankara",
    ),
    ("tr", "İnönü Sokak 7, Ankara", "Cumhuriyet Sokağı 9, İzmir"),
    ("ru", "ул. Садовая, д. 82, Москва, 115035", "Невский проспект, д. 12, Санкт-Петербург, 191025"),
    ("ru", "115035, г. Москва, ул. Садовая, дом 82, стр. 2", "630007, г. Новосибирск, Красный проспект, дом 1, оф. 4"),
    ("uk_ua", "вул. Хрещатик, 22, м. Київ, 01001", "просп. Свободи, 5, м. Львів, 79000"),
    ("gb", "5 High Street, London SW1A 1AA", "7 King Street, Leeds LS1 4AB"),
    ("gb", "Unit 4, Mill Lane, Bristol BS1 4QT", "The Old Bakery, 3 Church Road, York YO1 7HH"),
    ("gb", "71-75 Shelton Street, Covent Garden, London, WC2H 9JQ", "20-22 Wenlock Road, London, N1 7GU"),
    ("gb", "5 High Street, London", "7 King Street, Leeds"),
    ("us", "12 Main Street, Suite 400, Boise, ID 83701", "770 Broadway, 8th Floor, New York, NY 10003"),
    ("us", "1 Kettle Way, Menlo Park, California 94025", "500 Oak Ave., Palo Alto, California 94301"),
    ("us", "P.O. Box 12, Reno, NV 89501", "PO Box 900, Austin, TX 73301"),
    ("us", "12 Main St, Boise, Idaho", "99 Elm St, Denver, Colorado"),
    ("ca", "100 King Street West, Toronto, Ontario M5X 1A1", "2000 rue Peel, Montréal, Québec H3A 2W5"),
    ("ca", "Suite 200, 55 Water Street, Vancouver, BC V6B 1A1", "10 Rideau Street, Ottawa, ON K1N 9J1"),
    ("hk", "18/F, Harbour Tower, 88 Connaught Road, Central", "6/F Pearl House, 12 Queen Road, Central"),
    ("au", "Level 5, 100 George Street, Sydney NSW 2000", "12 Collins Street, Melbourne VIC 3000"),
    ("au", "GPO Box 5218, Sydney NSW 2001", "PO Box 77, Perth WA 6000"),
    ("in", "No. 12, MG Road, Bengaluru, Karnataka 560001", "Plot 7, Sector 44, Gurugram, Haryana 122003"),
    (
        "in",
        "4th Floor, Nirlon House, Dr. Annie Besant Road, Worli, Mumbai - 400030",
        "3rd Floor, Prestige Tower, Residency Road, Bengaluru - 560025",
    ),
    (
        "br",
        "Rua Augusta, 100, Consolação, São Paulo/SP, CEP 01305-000",
        "Alameda Santos, 200, Jardins, São Paulo/SP, CEP 01419-002",
    ),
    ("jp", "東京都千代田区丸の内1-2-3", "大阪府大阪市北区梅田4-5-6"),
    ("jp", "〒100-0005 東京都千代田区丸の内一丁目2番3号 丸の内ビル5階", "〒530-0001 大阪府大阪市北区梅田三丁目1番3号"),
    ("kr", "서울특별시 강남구 테헤란로 152", "부산광역시 해운대구 센텀로 20"),
    ("kr", "서울시 강남구 테헤란로 152, 5층 (우)06236", "경기도 성남시 분당구 판교로 10, 3층 (우)13529"),
    ("cn", "北京市朝阳区建国路88号", "上海市浦东新区世纪大道100号"),
    ("cn", "广东省深圳市南山区科技园5号楼3层", "浙江省杭州市西湖区文三路9号"),
    ("tw", "台北市信義區松仁路100號5樓", "高雄市前鎮區中山二路2號"),
    (
        "ar",
        "شارع الملك فهد، الرياض 12345، المملكة العربية السعودية",
        "طريق الملك عبدالعزيز، جدة 21442، المملكة العربية السعودية",
    ),
    ("ar", "12 شارع التحرير، القاهرة", "7 شارع الهرم، الجيزة"),
    ("ar", "ص.ب. 1234، دبي، الإمارات العربية المتحدة", "ص.ب. 987، أبوظبي، الإمارات العربية المتحدة"),
    ("he", "רחוב הרצל 12, תל אביב", "רחוב יפו 7, ירושלים"),
    ("he", "שדרות רוטשילד 1, תל אביב 6688101", "דרך בגין 132, תל אביב 6701101"),
    ("he", "רח' דיזנגוף 50, תל אביב", "רח' הנביאים 3, חיפה"),
    ("hi", "12 एमजी रोड, बेंगलुरु 560001", "7 पार्क स्ट्रीट, कोलकाता 700016"),
    ("hi", "प्लॉट 7, सेक्टर 44, गुरुग्राम, हरियाणा 122003", "मकान नं. 12, गांधी मार्ग, जयपुर 302001"),
    ("th", "123 ถนนสุขุมวิท แขวงคลองเตย เขตคลองเตย กรุงเทพมหานคร 10110", "99 ถนนสีลม แขวงสีลม เขตบางรัก กรุงเทพมหานคร 10500"),
    ("th", "เลขที่ 5 ซอยอารีย์ 1 ถนนพหลโยธิน กรุงเทพฯ 10400", "เลขที่ 77/1 หมู่ 4 ตำบลบางพลี อำเภอบางพลี จังหวัดสมุทรปราการ 10540"),
    ("cz", "Dlouhá 5, 110 00 Praha 1", "Krátká 9, 602 00 Brno"),
    ("dk", "Nørregade 5, 1165 København K", "Strandvejen 10, 2900 Hellerup"),
    ("no", "Karl Johans gate 5, 0154 Oslo", "Torgallmenningen 8, 5014 Bergen"),
    ("fi", "Mannerheimintie 5, 00100 Helsinki", "Hämeenkatu 10, 33100 Tampere"),
    ("gr", "Οδός Ερμού 5, 105 63 Αθήνα", "Λεωφόρος Νίκης 10, 546 24 Θεσσαλονίκη"),
    ("ro", "Str. Lipscani nr. 5, București 030031", "Bd. Eroilor nr. 10, Cluj-Napoca 400129"),
    ("ie", "14 Harbour Road, Dublin 2, D02 X285", "9 Mespil Road, Dublin 4, D04 F2R5"),
    (
        "mx",
        "Av. Insurgentes Sur 1602, Col. Crédito Constructor, C.P. 03940, Ciudad de México",
        "Calle Hidalgo 5, Col. Centro, C.P. 44100, Guadalajara, Jalisco",
    ),
    ("ar_", "Av. Corrientes 800, C1043AAU Buenos Aires", "Calle San Martín 50, X5000 Córdoba"),
    ("vn", "Số 12 đường Nguyễn Huệ, Quận 1, TP. Hồ Chí Minh", "Số 7 phố Tràng Tiền, Quận Hoàn Kiếm, Hà Nội"),
    ("id", "Jl. Sudirman No. 5, Jakarta 10220", "Jl. Diponegoro No. 10, Bandung 40115"),
]
SEPARATORS = (", ", "، ")


def in_lines(address: str) -> str:
    for separator in SEPARATORS:
        address = address.replace(separator, "  \n")
    return address


FORMS: dict[str, Callable[[str, str], str]] = {
    "alone": lambda party, address: address,
    "behind its party": lambda party, address: f"{party}, {address}",
    "below its party": lambda party, address: f"{party}  \n{address}",
    "in lines": lambda party, address: f"{party}  \n{in_lines(address)}",
    "a block below": lambda party, address: f"{party}\n\n{address}",
    "behind a label": lambda party, address: f"Contact: {address}",
}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(("country", "old", "new"), ADDRESSES)
def test_another_address_of_one_party_is_minor(country: str, old: str, new: str, form: str) -> None:
    party = PARTIES.get(country, "Acme Ltd")
    one, other = (FORMS[form](party, address) for address in (old, new))
    assert between(one, other).kind is Kind.MINOR
    assert between(other, one).kind is Kind.MINOR


@pytest.mark.parametrize(("country", "old", "new"), ADDRESSES)
def test_another_party_at_the_address_is_substantive(country: str, old: str, new: str) -> None:
    party = PARTIES.get(country, "Acme Ltd")
    another = next((party.replace(*names) for names in NAMES if names[0] in party), "Birch Ltd")
    assert between(f"{party}, {old}", f"{another}, {old}").kind is Kind.SUBSTANTIVE
    assert between(f"{party}, {old}", f"{another}, {new}").kind is Kind.SUBSTANTIVE


NAMES = [
    ("Acme", "Birch"), ("Акме", "Береза"), ("アクメ", "バーチ"), ("아크메", "버치"), ("阿克美", "白桦"),
    ("אקמה", "ליבנה"), ("أكمي", "بتولا"), ("एक्मे", "बर्च"), ("แอคมี", "เบิร์ช"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Our plan is for Section 5, 2500 Users", "Our plan is for Section 5, 4500 Users"),
        ("We rely on Article 6, 2016 Regulation", "We rely on Article 9, 2018 Regulation"),
        ("Registration 123456", "Registration 654321"),
        ("Tick Box 5 to agree.", "Tick Box 6 to agree."),
        ("We keep 250000 Records", "We keep 350000 Records"),
    ],
)
def test_numbers_of_other_things_are_no_addresses(old: str, new: str) -> None:
    assert between(old, new).kind is Kind.SUBSTANTIVE
    assert between(new, old).kind is Kind.SUBSTANTIVE
