"""First and last names of four cultures, the commonest first; of some also as their own script writes them.

Written down for this project: names are facts, and nobody is meant. Namesakes are what makes clones hard to tell,
so the few names at the head of each list go to many of the people, as in life.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Culture:
    """Names in Latin letters; `native` pairs some of them with their own script. `endings` make rare last names."""

    first: tuple[str, ...]
    last: tuple[str, ...]
    native: dict[str, str]
    endings: tuple[str, ...]
    bios: tuple[str, ...]
    towns: tuple[str, ...]


def _names(text: str) -> tuple[str, ...]:
    return tuple(text.split())


def _native(text: str) -> dict[str, str]:
    """`Rahul=राहुल` word by word."""
    return dict(pair.split("=") for pair in text.split())


INDIAN = Culture(
    _names(
        """Rahul Amit Priya Rohit Pooja Sanjay Neha Vijay Anita Suresh Deepak Sunita Rajesh Kavita Ravi Anjali
        Manoj Sneha Ajay Rekha Vikas Swati Arun Meena Nitin Divya Sandeep Asha Ankit Nisha Mohit Ritu Gaurav
        Shweta Pankaj Preeti Vivek Jyoti Ashok Seema Arjun Aarti Karan Lakshmi Varun Geeta Naveen Usha Harish
        Kiran Siddharth Ishita Aditya Radhika Farhan Zoya Imran Gurpreet Harpreet Manpreet Lalita Venkat Murali
        Keshav Bhavna Chetan Dinesh Esha Girish Hemant Indira Jatin Kunal Leela Mahesh Nandini Omkar Pallavi
        Quadir Rakesh Sarika Tanvi Uday Vani Yash"""
    ),
    _names(
        """Kumar Singh Sharma Gupta Verma Patel Yadav Mishra Das Shah Reddy Jain Khan Mehta Joshi Chauhan Nair
        Iyer Rao Pandey Agarwal Thakur Malhotra Kapoor Chopra Bose Sen Ghosh Mukherjee Banerjee Pillai Menon
        Naidu Desai Kulkarni Patil Deshmukh Shinde Pawar Jadhav Tiwari Dubey Saxena Srivastava Bhatt Trivedi
        Gill Sandhu Dhillon Grewal Bedi Sethi Arora Bhatia Khanna Anand Bajaj Chaudhary Dutta Fernandes Goswami
        Hegde Irani Kaur Lal Mathur Narayan Oberoi Prasad Rathore Sinha Tandon Upadhyay Varghese Wadhwa"""
    ),
    _native(
        """Rahul=राहुल Amit=अमित Priya=प्रिया Rohit=रोहित Pooja=पूजा Sanjay=संजय Neha=नेहा Vijay=विजय Anita=अनीता
        Suresh=सुरेश Deepak=दीपक Sunita=सुनीता Rajesh=राजेश Kavita=कविता Ravi=रवि Anjali=अंजलि Manoj=मनोज
        Ajay=अजय Rekha=रेखा Vikas=विकास Arun=अरुण Meena=मीना Divya=दिव्या Asha=आशा Mohit=मोहित Vivek=विवेक
        Jyoti=ज्योति Ashok=अशोक Arjun=अर्जुन Lakshmi=लक्ष्मी Geeta=गीता Kiran=किरण Kumar=कुमार Singh=सिंह
        Sharma=शर्मा Gupta=गुप्ता Verma=वर्मा Patel=पटेल Yadav=यादव Mishra=मिश्रा Das=दास Shah=शाह Jain=जैन
        Mehta=मेहता Joshi=जोशी Chauhan=चौहान Pandey=पांडेय Agarwal=अग्रवाल Thakur=ठाकुर Kapoor=कपूर
        Patil=पाटिल Tiwari=तिवारी Dubey=दुबे Saxena=सक्सेना Bhatt=भट्ट Trivedi=त्रिवेदी Prasad=प्रसाद"""
    ),
    _names("walkar pore shwar nathan kar gekar wal purkar halli konda ppa raj"),
    ("Proud Indian", "Jai Hind", "चाय प्रेमी", "Cricket is life", "Engineer by degree", "UPSC aspirant", "भारतीय"),
    _names("Mumbai Delhi Pune Bengaluru Chennai Kolkata Jaipur Lucknow Patna Nagpur Indore Kochi Surat Bhopal"),
)

TURKISH = Culture(
    _names(
        """Mehmet Mustafa Ahmet Fatma Ayşe Ali Emine Hüseyin Hatice Hasan Zeynep İbrahim Elif Murat Meryem Ömer
        Şerife Yusuf Zehra Ramazan Sultan Osman Hanife Süleyman Merve Mahmut Özlem Emre Büşra Fatih Esra Kadir
        Yasemin Kemal Hülya Gökhan Sevgi Serkan Dilek Burak Aysel Can Ebru Cem Gamze Deniz Selin Eren İrem
        Furkan Aslı Onur Pınar Tolga Derya Volkan Nurcan Uğur Sibel Barış Tuğba Hakan Gülay Kaan Berk Ece Tarık
        Nihal Orhan Filiz Levent Ayhan Songül Bülent Nuray Çağla Doruk Ilgaz"""
    ),
    _names(
        """Yılmaz Kaya Demir Çelik Şahin Yıldız Yıldırım Öztürk Aydın Özdemir Arslan Doğan Kılıç Aslan Çetin Kara
        Koç Kurt Özkan Şimşek Polat Korkmaz Çakır Erdoğan Acar Aktaş Güneş Bulut Keskin Ünal Turan Gül Özer Işık
        Kaplan Avcı Sarı Tekin Taş Köse Yüksel Ateş Aksoy Bozkurt Uçar Durmaz Tunç Karaca Ergin Duman Yavuz Er
        Toprak Kahraman Balcı Eren Uysal Sönmez Demirci Soylu Güler Altun Bayram Kalkan Karataş Çiftçi Baş
        Yalçın Sezer Gündüz Oral Akın Dinçer Erol Tuncer Başaran Ertürk"""
    ),
    {},
    _names("oğlu lıoğlu soy türk demir taş kaya can baş alp men gil"),
    ("Hayat kısa", "Çay demle", "Beşiktaşlı", "Öğretmen", "Kitap kurdu", "Baba, eş, mühendis", "Doğa sever"),
    _names("İstanbul Ankara İzmir Bursa Antalya Adana Konya Trabzon Samsun Mersin Kayseri Eskişehir"),
)

ARABIC = Culture(
    _names(
        """Mohamed Ahmed Mahmoud Ali Omar Fatima Mariam Aisha Hassan Hussein Ibrahim Youssef Khaled Noor Sara
        Mustafa Abdullah Layla Zainab Hana Tarek Amr Karim Salma Rania Samir Nadia Walid Hoda Fares Rana Ziad
        Dina Bilal Yasmin Hamza Lina Adel Amal Jamal Huda Nabil Reem Saeed Maha Faisal Latifa Sultan Noura Majid
        Abeer Turki Ghada Rashid Mona Hatem Basma Anas Iman Qasim Wafa Marwan Suad Hisham Bushra Nasser"""
    ),
    _names(
        """Hassan Ali Ibrahim Mahmoud Ahmed Salem Mansour Khalil Saleh Abdullah Nasser Hamdan Farouk Haddad
        Khoury Najjar Sayegh Aziz Rahman Younis Shaheen Qureshi Darwish Ghanem Bakr Zaki Fawzi Sabry Barakat
        Shawky Hegazy Amin Fahmy Kamel Osman Attia Othman Zahrani Qahtani Ghamdi Harbi Otaibi Dosari Shehri
        Mutairi Enezi Tamimi Hashimi Jabari Masri Shami Baghdadi Halabi Tikriti Maliki Sharif Saadi Rifai Nahas
        Sabbagh Hariri Jaber Awad Taha"""
    ),
    _native(
        """Mohamed=محمد Ahmed=أحمد Mahmoud=محمود Ali=علي Omar=عمر Fatima=فاطمة Mariam=مريم Aisha=عائشة Hassan=حسن
        Hussein=حسين Ibrahim=إبراهيم Youssef=يوسف Khaled=خالد Noor=نور Sara=سارة Mustafa=مصطفى Abdullah=عبدالله
        Layla=ليلى Zainab=زينب Hana=هناء Tarek=طارق Karim=كريم Salma=سلمى Samir=سمير Nadia=نادية Walid=وليد
        Salem=سالم Mansour=منصور Khalil=خليل Saleh=صالح Nasser=ناصر Hamdan=حمدان Haddad=حداد Khoury=خوري
        Najjar=نجار Aziz=عزيز Rahman=رحمن Darwish=درويش Barakat=بركات Amin=أمين Kamel=كامل Osman=عثمان
        Zahrani=الزهراني Qahtani=القحطاني Ghamdi=الغامدي Harbi=الحربي Otaibi=العتيبي Masri=المصري Awad=عوض"""
    ),
    _names("awi ani eddin ullah abadi ouri iyeh allah izadeh adi"),
    ("الحمد لله", "طالب علم", "Dreamer", "مهندس", "قهوة وكتاب", "معلمة", "Coffee first"),
    _names("Cairo Riyadh Amman Beirut Baghdad Dubai Tunis Jeddah Kuwait Doha Algiers Muscat"),
)

ENGLISH = Culture(
    _names(
        """James John Robert Michael Mary David William Sarah Emma Thomas Emily Daniel Jessica Matthew Laura Chris
        Anna Mark Sophie Andrew Rachel Paul Lucy Steven Amy Kevin Kate Brian Hannah George Olivia Edward Megan
        Jason Chloe Ryan Grace Gary Ella Eric Holly Stephen Zoe Scott Alice Frank Ruth Raymond Helen Peter Jane
        Adam Claire Henry Julia Simon Erin Nathan Abby Kyle Tina Dylan Paige Logan Molly Owen Heather Lewis Gemma
        Callum Fiona Gareth Siobhan Hamish Imogen Rupert Tabitha"""
    ),
    _names(
        """Smith Jones Johnson Williams Brown Taylor Davis Miller Wilson Moore Anderson Thomas Jackson White Harris
        Martin Thompson Clark Lewis Robinson Walker Hall Young Allen King Wright Scott Green Baker Adams Nelson
        Hill Campbell Mitchell Roberts Carter Phillips Evans Turner Parker Collins Edwards Stewart Morris Murphy
        Cook Rogers Morgan Cooper Reed Bailey Kelly Howard Ward Cox Richardson Wood Watson Brooks Bennett Gray
        Hughes Price Myers Long Foster Sanders Ross Powell Sullivan Russell Fisher Hamilton Graham Shaw Burke"""
    ),
    {},
    _names("worth ham ley field ford stead bury thwaite wick combe croft shaw"),
    ("Views my own", "Dad of two", "Coffee, books, dogs", "Football fan", "Living the dream", "Retired", "She/her"),
    _names("London Leeds Dublin Boston Denver Toronto Perth Austin Chicago Bristol Glasgow Cardiff"),
)

CULTURES: dict[str, Culture] = {"Indian": INDIAN, "Turkish": TURKISH, "Arabic": ARABIC, "English": ENGLISH}

JOBS = _names(
    """Teacher Nurse Engineer Student Writer Photographer Designer Baker Lawyer Journalist Driver Farmer Musician
    Chef Electrician Gardener Accountant Developer Painter Carpenter Translator Librarian Pharmacist Architect"""
)
LIKES = _names(
    """hiking chess cats running jazz cooking gardening films sailing knitting birds maps trains history football
    cricket poetry coffee tea astronomy cycling pottery swimming puzzles languages bread guitars theatre tennis"""
)
"""What bios are made of, in every culture."""
