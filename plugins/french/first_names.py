"""Usual first names in France, by which the mailbox of a person is known."""

from plugins.french.typography import fold

# Chosen by hand, without those that are also common words or places: a name that is missing here
# is not told, and none of these is a service.
_NAMES = """
Adeline Adrien Agathe Agnès Alain Albert Alexandra Alexandre Alexia Alexis Alice Aline Amandine
Amélie Anaïs André Andrée Anne Annick Annie Anthony Antoine Antonin Arnaud Arthur Audrey Aurélie
Aurélien Aurore Axel Baptiste Barbara Bastien Béatrice Benjamin Benoît Bernadette Bernard Bertrand
Brigitte Bruno Camille Carine Carole Caroline Catherine Cécile Cédric Céline Chantal Charles
Charlotte Chloé Christelle Christian Christiane Christine Christophe Claire Clara Claude Claudine
Clémence Clément Colette Corinne Coralie Cyril Damien Daniel Danielle David Déborah Delphine Denis
Denise Didier Dominique Dorothée Edith Édouard Éliane Élise Élodie Émeline Émilie Emma Emmanuel
Emmanuelle Enzo Éric Estelle Étienne Évelyne Fabien Fabienne Fabrice Fanny Florent Florian Franck
François Françoise Frédéric Frédérique Gabriel Gaëlle Gaëtan Geneviève Geoffrey Georges Gérald
Géraldine Gérard Ghislaine Gilbert Gilles Ginette Gisèle Grégory Guillaume Guy Guylaine Gwenaëlle
Hélène Henri Hervé Hubert Hugo Ingrid Inès Irène Isabelle Jacqueline Jacques Jean Jeanne Jeannine
Jennifer Jérémy Jérôme Jessica Joël Joëlle Johanna Jonathan Jordan Joseph Josette Josiane Julie
Julien Juliette Justine Karim Karine Kevin Laetitia Laura Laure Laurence Laurent Laurie Léa Léo
Lionel Lisa Louis Louise Luc Lucas Lucie Lucien Ludivine Ludovic Lydie Magali Manon Marc Marcel
Margaux Marguerite Maria Marianne Marie Marina Marine Marion Marjorie Martial Martine Maryse Mathieu
Mathilde Matthieu Maurice Maxime Mélanie Mélissa Michael Michel Michèle Micheline Mickaël Mireille
Mohamed Monique Morgane Muriel Myriam Nadège Nadia Nadine Nathalie Nathan Nicolas Nicole Noémie
Odette Odile Olivia Olivier Pascale Patricia Patrick Paul Paulette Pauline Perrine Philippe Pierre
Pierrick Quentin Rachel Raphaël Raymond Raymonde Régine Régis Rémi Rémy René Renée Richard Robert
Roger Roland Romain Roseline Sabine Sabrina Samuel Samira Sandra Sandrine Sarah Sébastien Séverine
Simon Simone Solange Solène Sonia Sophie Stéphane Stéphanie Suzanne Sylvain Sylvie Tatiana Théo
Thérèse Thibault Thibaut Thierry Thomas Tristan Valentin Valentine Valérie Vanessa Véronique Vincent
Virginie Viviane Xavier Yann Yannick Yasmine Yolande Yves Yvette Yvonne Zoé
"""
FIRST_NAMES = frozenset(fold(_NAMES).split())
