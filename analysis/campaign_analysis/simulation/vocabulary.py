"""Words that the invented people use: small talk in several scripts, about nobody and nothing real."""

from __future__ import annotations


def _words(text: str) -> list[str]:
    return text.split()


# Share of posts in each language, and its words, most frequent first.
LANGUAGES: dict[str, tuple[float, str]] = {
    "en": (
        0.62,
        """the a and to of it in is was for my on with so this that at we they very again today never almost
        always some little old new quiet morning evening kettle garden window bicycle train platform rain
        cloud bread soup pepper onion lemon market river bridge lantern ferry harbour blanket pocket button
        ladder violin drum chorus curtain marble puzzle pencil notebook library corner cat sparrow heron
        otter beetle mushroom clover hill valley meadow gravel copper velvet amber silver crooked gentle
        noisy patient sudden borrowed missing found lost painted carried waited counted whistled forgot
        remembered cooked burned planted fixed broke nobody somebody everybody neighbour cousin baker
        plumber librarian weather forecast breakfast dinner""",
    ),
    "hi": (
        0.14,
        """है में की का से और यह वह पर को आज कल सुबह शाम रात बारिश बादल चाय रोटी सब्ज़ी मिर्च नींबू बाज़ार नदी
        पुल खिड़की दरवाज़ा कुर्सी किताब पेंसिल घड़ी चिड़िया बिल्ली हिरण फूल पत्ता पेड़ पहाड़ मैदान रास्ता
        गाड़ी स्टेशन पड़ोसी मौसम मीठा पुराना नया धीरे अचानक हमेशा शायद मिला खोया पकाया देखा सुना भूल गिना
        हँसी कहानी संगीत त्योहार""",
    ),
    "es": (
        0.12,
        """la el de que en un y los se con por una esta pero muy hoy siempre nunca casi mañana tarde lluvia
        nube pan sopa cebolla limón mercado río puente farol ventana jardín bicicleta estación tren vecino
        gato gorrión hongo colina valle cobre terciopelo plata suave ruidoso perdido encontré pinté esperé
        olvidé cociné desayuno cena biblioteca cuaderno lápiz rincón tambor violín cortina niño pájaro
        otoño""",
    ),
    "ru": (
        0.08,
        """и в не на что с это как но мы сегодня опять почти всегда утро вечер дождь облако хлеб суп лук лимон
        рынок река мост фонарь окно сад велосипед поезд сосед кот воробей гриб холм долина медь бархат тихий
        шумный старый новый потерял нашёл ждали забыл сварили завтрак ужин тетрадь карандаш угол барабан
        скрипка занавес ёлка""",
    ),
    "ar": (
        0.04,
        """في من على مع هذا كان اليوم غدا صباح مساء مطر غيمة خبز حساء بصل ليمون سوق نهر جسر نافذة حديقة قطار
        جار قطة عصفور تل وادي نحاس مخمل هادئ قديم جديد وجدت نسيت انتظرنا فطور عشاء كتاب قلم زاوية""",
    ),
}

# Hashtags are two of these joined; nothing here names a party, a person or a place.
TAG_FIRST = _words(
    """Velvet Copper Amber Crooked Gentle Noisy Patient Sudden Borrowed Painted Lemon Pepper Lunar Misty
    Hollow Dusty Rusty Salty Minty Plaid Woolen Paper Marble Clover Gravel Thunder Feather Button Pocket
    Whistling Sleepy Lucky Tangled Folded Frozen Golden Hidden Humming Inky Jolly Knotted Lazy Mellow
    Nimble Odd Polite Quilted Restless Smoky Tidy Upside Vivid Waxed Yellow Zigzag Brisk Chalky Dappled
    Earnest Fuzzy"""
)
TAG_SECOND = _words(
    """Otter Heron Beetle Mushroom Kettle Lantern Ferry Harbour Ladder Violin Curtain Puzzle Pencil
    Sparrow Meadow Valley Blanket Bicycle Platform Onion Market Bridge Drum Chorus Notebook Corner Library
    Forecast Breakfast Dinner Garden Window Cloud Bread Soup Cousin Baker Plumber Librarian Weather Badger
    Canoe Daisy Easel Fiddle Goose Hammock Igloo Jigsaw Kite Lagoon Magpie Nutmeg Oboe Pancake Quiver
    Raccoon Saddle Teapot Umbrella Walnut Yarn Acorn Bobbin Candle Dumpling Engine Fountain Gazebo
    Hedgehog"""
)
TAG_FIRST_DEVANAGARI = _words(
    """नीला हरा मीठा पुराना नया छोटा बड़ा ठंडा धीमा अनोखा चाँदी सुनहरा ऊनी काग़ज़ी मिट्टी जादुई सूखा गीला
    खोया मिला"""
)
TAG_SECOND_DEVANAGARI = _words(
    """बादल मेला बाज़ार खिड़की घड़ी चिड़िया बिल्ली हिरण पुल नदी किताब पेंसिल कुर्सी गाड़ी कहानी संगीत
    त्योहार पतंग लालटेन रोटी"""
)

SYLLABLES = _words(
    """ba be bo ca co da de di do fa fe fi ga go ha hi jo ju ka ke ki ko la le li lo lu ma me mi mo na ne
    ni no nu pa pe pi po ra re ri ro ru sa se si so su ta te ti to tu va ve vi vo wa wi ya yo za zo"""
)
