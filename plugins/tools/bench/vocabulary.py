"""The words from which contents are drawn: whole groups of words, so that all agree."""

THEMES = (
    *("Accueil des usagers", "Achats publics", "Alimentation", "Apprentissage", "Archives"),
    *("Assainissement", "Biodiversité", "Budget", "Communication interne", "Concertation"),
    *("Contrôle de gestion", "Coopération", "Culture", "Déchets", "Déplacements"),
    *("Dialogue social", "Données ouvertes", "Eau", "Égalité professionnelle", "Encadrement"),
    *("Évaluation", "Forêt", "Formation", "Handicap", "Immobilier"),
    *("Innovation", "Jeunesse", "Juridique", "Littoral", "Logement"),
    *("Mobilité interne", "Montagne", "Patrimoine", "Prévention", "Ruralité"),
    *("Santé au travail", "Sécurité civile", "Simplification", "Sport", "Télétravail"),
)
SECTIONS = (
    "Actualité",
    "Retour d’événement",
    "Point de droit",
    "Appel",
    "Méthode",
    "Vie du réseau",
)
TOWNS = (
    *("Agen", "Albi", "Alençon", "Amiens", "Angers", "Annecy", "Arras", "Auch", "Aurillac"),
    *("Auxerre", "Avignon", "Bayonne", "Beauvais", "Belfort", "Besançon", "Blois", "Bourges"),
    *("Brest", "Cahors", "Carcassonne", "Chartres", "Châteauroux", "Colmar", "Dax", "Dieppe"),
    *("Digne", "Épinal", "Évreux", "Foix", "Gap", "Guéret", "Laon", "Lorient", "Mâcon", "Mende"),
    *("Metz", "Moulins", "Nevers", "Nîmes", "Niort", "Pau", "Privas", "Quimper", "Rodez"),
    *("Saint-Brieuc", "Saint-Lô", "Saintes", "Tarbes", "Troyes", "Tulle", "Valence", "Vannes"),
    *("Verdun", "Vesoul", "Vichy", "Vienne"),
)
TOPICS = (
    *("l'accueil unique", "l'archivage des courriels", "l'atelier des métiers"),
    *("l'achat groupé d'énergie", "la cartographie des risques", "la charte des réunions"),
    *("la cantine partagée", "la flotte de vélos", "la gestion des crues", "la médiation"),
    *("la rénovation des écoles", "la mutualisation des garages", "la revue de projets"),
    *("la restauration des haies", "la veille juridique", "le budget des petites communes"),
    *("le conseil aux maires", "le contrat de lecture", "le dossier partagé"),
    *("le guichet des aides", "le mentorat", "le passeport de compétences"),
    *("le plan de sobriété", "le réemploi des meubles", "le schéma des déplacements"),
    *("le suivi des chantiers", "le télétravail à la carte", "le tri à la source"),
)
ANGLES = (
    *("trois leçons", "ce qui a changé en un an", "un premier bilan", "la méthode pas à pas"),
    *("ce que disent les agents", "questions et réponses", "le point avant l'été"),
    *("un essai à étendre", "les chiffres à retenir", "ce qu'il reste à faire"),
    *(
        "une visite de terrain",
        "l'avis d'un voisin",
        "les erreurs à éviter",
        "le récit d'une équipe",
    ),
)
SUBJECTS = (
    *("le service", "l'équipe", "la direction", "le comité de suivi", "la mission d'appui"),
    *("le bureau des études", "la cellule locale", "l'atelier du jeudi", "le groupe de travail"),
    *("la déléguée régionale", "le préfigurateur", "la cheffe de projet", "le secrétariat"),
    *("l'agence de bassin", "la commission mixte", "le réseau des référents", "l'opérateur"),
)
VERBS = (
    *("prépare", "relit", "partage", "défend", "simplifie", "ouvre", "reprend", "finance"),
    *("met à l'épreuve", "remet à plat", "rend public", "confie à chacun", "suit de près"),
    *("a revu", "a choisi", "a éprouvé", "a retenu", "avait annoncé", "a mené à bien"),
)
OBJECTS = (
    *("un calendrier plus court", "une grille de lecture commune", "la liste des priorités"),
    *("un relevé de décisions", "les comptes de l'exercice", "une première maquette"),
    *("le cahier des charges", "une enquête auprès des usagers", "deux essais en vraie grandeur"),
    *("la carte des besoins", "une part des crédits", "un guide de dix pages", "les gestes utiles"),
    *("un tableau de bord lisible", "la répartition des tâches", "l'état des lieux"),
    *("une convention de trois ans", "des permanences du soir", "l'inventaire du matériel"),
)
COMPLEMENTS = (
    *("avec les communes voisines", "sans moyens nouveaux", "dès la rentrée", "en petit comité"),
    *("devant les élus", "à la demande des agents", "au plus près du terrain", "pour l'exemple"),
    *("malgré un hiver difficile", "d'un commun accord", "jusqu'au printemps", "en deux temps"),
    *("grâce à l'appui d'un laboratoire", "hors des circuits habituels", "à titre d'essai"),
    *("et n'y voit qu'une étape", "puis en rend compte", "sans attendre la fin du marché"),
)
OPENERS = (
    *("Depuis l'automne", "À mi-parcours", "Sur place", "Dans les faits", "Au bout du compte"),
    *("Chaque semaine", "Cette fois", "À l'origine", "Pour commencer", "Côté méthode"),
    *("Contre toute attente", "D'un site à l'autre", "En pratique", "Vu de loin", "À l'inverse"),
)
ASIDES = (
    *("rien n'est joué", "c'est là que tout commence", "l'habitude fait le reste"),
    *("le plus simple était le mieux", "on y gagne du temps", "personne ne s'en plaint"),
    *("la suite dépend de peu de chose", "il fallait y penser", "l'essentiel tient en une page"),
    *("d'autres suivront", "mieux vaut le savoir", "le coût reste modeste"),
)
SPEAKERS = (
    *("résume une participante", "répond un chef de service", "note la rapporteure"),
    *("se souvient un agent", "tranche la présidente de séance", "glisse un ancien"),
    *("observe une directrice", "précise le greffe", "sourit un technicien"),
)
SAYINGS = (
    *("Nous avons d'abord écouté", "Il n'y a pas de petite économie", "On a tout repris à zéro"),
    *("Le terrain a parlé", "C'était plus simple qu'annoncé", "Un an, c'est court"),
    *("J'aurais voulu le faire plus tôt", "Chacun a pris sa part", "L'outil doit s'effacer"),
    *("Qu'on nous laisse essayer", "Rien ne remplace une visite", "Il faut savoir s'arrêter"),
)
INFINITIVES = (
    *("généraliser l'essai", "attendre un texte", "tout mesurer", "réunir plus souvent"),
    *("changer d'outil", "déléguer davantage", "former tout le monde", "publier les résultats"),
    *("revoir les seuils", "associer les syndicats", "confier la suite à d'autres"),
)
ANSWERS = (
    *("Les avis divergent", "Oui, mais pas partout", "Non, répond le terrain", "C'est à voir"),
    *("La réponse tient au calendrier", "Tout dépend de l'échelle", "Peut-être l'an prochain"),
)
COUNTED = (
    *("participants", "dossiers", "communes", "kilomètres", "réponses", "heures", "agents"),
    *("mètres carrés", "contributions", "contrats", "visites", "euros"),
)
STRESSED = (
    *("l'essai continue", "les délais baissent", "rien n'est obligatoire", "tout est documenté"),
    *("les équipes décident", "la règle tient en trois lignes", "chacun garde la main"),
    *("le budget est tenu", "la porte reste ouverte", "un seul dossier suffit"),
)
HEADINGS = (
    *("Ce qui a été fait", "D'où l'on partait", "Les moyens", "Les résultats", "Et ensuite ?"),
    *("Qui décide ?", "Une méthode éprouvée", "Le calendrier", "Ce que l'on en retient"),
    *("Les points de vigilance", "Pour aller plus loin", "Sur le terrain", "Les chiffres"),
    *("Une question d'échelle", "L'avis des usagers", "Ce qu'il faudrait éviter"),
)
ITEMS = (
    *("écrire la règle avant de l'appliquer", "garder une trace de chaque choix"),
    *("désigner une personne par sujet", "fixer la date de fin dès le début"),
    *("prévenir les services voisins", "compter le temps passé", "relire à deux"),
    *("préférer un essai à un rapport", "ranger les pièces au même endroit"),
    *("dire non quand il le faut", "remercier ceux qui ont aidé", "vérifier les montants"),
)
MEASURED = (
    *("Dossiers reçus", "Délai moyen, en jours", "Visites", "Agents formés", "Réunions"),
    *("Crédits, en k€", "Réclamations", "Sites équipés"),
)
GROUPS = (
    *(("Simplifier les démarches", "Démarches"), ("Entretenir le patrimoine", "Patrimoine")),
    *(("Accueillir les nouveaux", "Accueil"), ("Décarboner les trajets", "Trajets")),
    *(("Mieux acheter ensemble", "Achats"), ("Prévenir les risques", "Risques")),
    *(("Ouvrir les données", "Données"), ("Préserver la ressource en eau", "Eau")),
    *(("Transmettre les métiers", "Métiers"), ("Cercle des directrices", "Directrices")),
    *(("Groupe des secrétaires généraux", "Secrétaires généraux"), ("Relais du Sud", "Sud")),
)
ORGANISATIONS = (
    *(
        "Cercle des intendants",
        "Union des secrétaires",
        "Réseau Estuaire",
        "Fédération des greffes",
    ),
)
JOBS = (
    *("Chef de service technique", "Contrôleuse budgétaire", "Secrétaire général adjoint"),
    *("Responsable des achats",),
)
FIRST_NAMES = ("Alix", "Camille", "Claude", "Dominique", "Maxime", "Sacha")
EVENTS = (
    *("Atelier", "Colloque", "Conférence", "Journée d'étude", "Matinale", "Plénière"),
    *("Rencontre", "Séminaire", "Table ronde", "Visite", "Webinaire"),
)
PLACES = (
    *("Hôtel du département", "Halle aux grains", "Cité administrative", "Maison des communes"),
    *("Ancienne gare", "Salle des Cordeliers"),
)
MONTHS = (
    *("janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre"),
    *("octobre", "novembre", "décembre"),
)
