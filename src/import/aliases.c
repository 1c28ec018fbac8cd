/* Headings in the wild. A heading that the folded key makes equal to another
 * (case, accents, spaces, punctuation, *) is listed once. */
#include "import/aliases.h"

#define ASSOCIATION_ROWS(second_names) \
    [F_ASSOCIATION] = \
        {"association", \
         "Nom de l'association|Nom association|Association titre|Structure|" \
         "Nom de la structure|Organisme|Nom de l'organisme|Porteur|" \
         "Porteur du projet|Nom du porteur|Demandeur|Nom du demandeur|" \
         "nomBeneficiaire|Nom du bénéficiaire|Nom du b n ficiaire|" \
         "Bénéficiaire|Association Nom|Bénéficiaire Nom|" \
         "Nom ou raison sociale|Dénomination|Désignation de la structure|" \
         "Porteur de projet|Nom du porteur de projet|Structure porteuse|" \
         "Association porteuse|Association porteuse du projet|" \
         "Organisme porteur|Nom de la structure porteuse|" \
         "Association demandeuse|Nom du demandeur (association)|" \
         "Nom de votre association|Association / Structure|" \
         "Nom de l'association ou de la structure|" \
         "Nom de l'association / structure|Nom du porteur du projet", \
         "Entreprise raison sociale|Raison sociale|Nom attributaire|" \
         "Attributaire|Dénomination sociale|Tiers|Nom du tiers|" \
         "Libellé tiers" second_names}, \
    [F_ACRONYM] = {"acronym", "Sigle|Acronyme|Sigle de l'association", NULL}, \
    [F_SIRET] = {"siret", \
                 "N° SIRET|Numéro SIRET|No SIRET|Code SIRET|" \
                 "Établissement SIRET|SIRET - Demandeur|SIRET demandeur|" \
                 "SIRET de l'association|SIRET association|" \
                 "idBeneficiaire|Identification du bénéficiaire|" \
                 "Identification du bénéficiaire (SIRET)|Id du bénéficiaire|" \
                 "iBeneficiaire|SIRET du bénéficiaire|SIRET bénéficiaire|" \
                 "SIRET b n ficiaire|N° SIRET (fusion)|Association N° Siret|" \
                 "N° de SIRET|Numéro de SIRET|N° SIRET de l'association|" \
                 "Numéro SIRET de l'association|SIRET du demandeur|" \
                 "SIRET du porteur|SIRET de la structure|" \
                 "Bénéficiaire N° Siret|Dossier SIRET", \
                 "N° SIRET attributaire|SIRET attributaire|" \
                 "Entreprise SIRET siège social"}, \
    [F_SIRET_RAW] = {"siret_raw", NULL, NULL}, \
    [F_RNA] = {"rna", \
               "N° RNA|Numéro RNA|Code RNA|Association RNA|rnaBeneficiaire|" \
               "RNA bénéficiaire|RNA du bénéficiaire|Identifiant RNA|" \
               "RNA de l'association|N° RNA de l'association|" \
               "Association N° RNA|Bénéficiaire N° RNA|Waldec", \
               NULL}, \
    [F_RNA_RAW] = {"rna_raw", NULL, NULL}, \
    [F_ADDRESS] = {"address", \
                   "Adresse|Adresse du siège|Adresse du siège social|" \
                   "Adresse de l'association|Établissement Adresse|Voie|" \
                   "Coordonnées correspondance Voie|Adresse postale", \
                   NULL}, \
    [F_POSTCODE] = {"postcode", \
                    "Code postal|CP|Établissement code postal|" \
                    "Code postal du siège|Coordonnées correspondance " \
                    "Code Postal", \
                    NULL}, \
    [F_COMMUNE] = {"commune", \
                   "Ville|Localité|Établissement localité|" \
                   "Commune du siège|Commune de l'association|" \
                   "Commune du siège social|Ville du siège|" \
                   "Coordonnées correspondance Commune", \
                   NULL}, \
    [F_CONFIDENTIAL] = {"confidential", \
                        "Adresse confidentielle|Confidentiel|" \
                        "Adresse confidentielle ?|Confidential address", \
                        NULL}, \
    [F_ROLE] = {"role", \
                "Fonction|Qualité|Fonction du contact|" \
                "Représentant légal Fonction|Fonction du représentant légal|" \
                "contact_role", \
                NULL}, \
    [F_EMAIL] = {"email", \
                 "E-mail|Mail|Courriel|Adresse e-mail|Adresse mail|" \
                 "Adresse électronique|Adresse messagerie|" \
                 "Courriel du contact|Représentant légal Courriel|" \
                 "Représentant légal Adresse messagerie|E-mail du contact|" \
                 "Adresse courriel|Courriel de l'association|" \
                 "E-mail de l'association|Mail de l'association", \
                 NULL}, \
    [F_PHONE] = {"phone", \
                 "Téléphone|Tél|Tel.|N° de téléphone|N° Téléphone|" \
                 "Numéro de téléphone|Téléphone du contact|" \
                 "Représentant légal N° Téléphone|" \
                 "Téléphone de l'association|Téléphone fixe", \
                 "Téléphone portable|Téléphone mobile|Portable|Mobile"}

/* What this program's lists hold and an import does not write. */
#define OWN_LISTS \
    "status|status_reason|decision|awarded_eur|projects|likeness|call|" \
    "cispd_line|cispd_reason"

/* In a list of associations "Nom" is theirs; in one of applications too, when
 * nothing else is, unless it may be a person's. */
static const struct heading_field association_fields[ASSOCIATION_FIELDS] = {
    ASSOCIATION_ROWS("|Nom|Name")};

static const struct heading_field project_fields[PROJECT_FIELDS] = {
    ASSOCIATION_ROWS("|?Nom|?Name"),
    [F_NUMBER] = {"id",
                  "N° dossier|Numéro de dossier|Numéro dossier|No dossier|"
                  "Dossier ID|ID dossier|Numéro dossier LCA|"
                  "N° de dossier|N° du dossier|Numéro du dossier|"
                  "Référence du dossier|Référence dossier|"
                  "N° Dossier Osiris|Dossier/action N° Dossier Osiris|"
                  "Référence administrative|Référence administrative - "
                  "Demande|Numéro de la demande|N° de demande|Project",
                  NULL},
    [F_TITLE] = {"title",
                 "Titre|Titre du projet|Intitulé|Intitulé du projet|"
                 "Intitulé de l'action|Titre de l'action|Nom du projet|"
                 "Nom de l'action|Projet|Action|Actions Intitulé|"
                 "Objet de la demande|Libellé du projet|Libellé de l'action|"
                 "Intitulé du dossier|Dénomination du projet|"
                 "Dénomination de l'action|Nom du dossier",
                 "objet|object|Objet de la convention|Objet du dossier|"
                 "Objet de la subvention|Objet de l'aide|Objet convention|"
                 "Objet du projet|Objet de l'action"},
    [F_THEME] = {"theme",
                 "Thème|Thématique|Axe|Thématique du projet|Thème du projet|"
                 "Thematique Title|Domaine|Secteur d'intervention|"
                 "Axe prioritaire|Axe de l'appel à projets|"
                 "Thème de l'action|Thématique de l'action",
                 NULL},
    [F_REQUESTED] =
        {"requested",
         "requested_eur|requested_cents|"
         "Montant demandé|Montant sollicité|Subvention "
         "demandée|"
         "Subvention sollicitée|Montant de la demande|Demandé|"
         "Montant de l'aide demandée|Montant de la subvention demandée|"
         "Montant de la subvention sollicitée|Aide demandée|"
         "Montants Demandé|Montant de l'aide sollicitée|"
         "Aide sollicitée|Montant de la demande de subvention|"
         "Demande de subvention|Montant demandé au CISPD|"
         "Subvention demandée au CISPD|Subvention sollicitée CISPD|"
         "Montant Ttc",
         "Montant|Montant total de la subvention|Montant voté|"
         "Montant décidé ligne|Montant accordé|montantAttribue|"
         "Montant des Autorisations d'engagement|Montant de la subvention|"
         "Montants Accordé|Subvention"},
    [F_MINIMUM] = {"minimum",
                   "minimum_eur|minimum_cents|Montant minimum|Montant minimal|"
                   "Minimum viable|Montant minimum viable|"
                   "Minimum nécessaire|Montant minimum nécessaire|"
                   "Montant en dessous duquel le projet n'a pas lieu",
                   NULL},
    [F_COST] =
        {"cost",
         "cost_eur|cost_cents|"
         "Coût|Coût total|Coût total du projet|Coût du projet|"
         "Budget total|Budget du projet|Coût total de l'action|"
         "Budget prévisionnel|Total des charges|"
         "Coût total de l'opération|Coût (Total des charges)|"
         "Montants Coût (Total des charges)|Montant total du projet|"
         "Coût de l'action|Coût prévisionnel|Coût total prévisionnel|"
         "Budget de l'action|Budget total du projet|Budget prévisionnel total|"
         "Budget total de l'action|Budget prévisionnel du projet|"
         "Budget prévisionnel de l'action|Montant du projet",
         "Budget|Budget global"},
    [F_OTHER_PUBLIC] = {"other_public",
                        "other_public_eur|other_public_cents|"
                        "Autres financements publics|"
                        "Autres subventions publiques|Autres aides publiques|"
                        "Autres subventions|Cofinancements publics|"
                        "Total autres financements publics",
                        NULL},
    [F_STARTS_ON] = {"starts_on",
                     "Date de début|Début|Date début|Date de début du projet|"
                     "Date de début de l'action|Date de début prévue|"
                     "Date de début de réalisation|Début de l'action|"
                     "Date de commencement|Date de commencement de "
                     "l'opération|Date de démarrage|Début du projet",
                     NULL},
    [F_ENDS_ON] = {"ends_on",
                   "Date de fin|Fin|Date fin|Date de fin du projet|"
                   "Date de fin de l'action|Date de fin prévue|"
                   "Date de fin de réalisation|Fin de l'action|"
                   "Date prévisionnelle d'achèvement de l'opération|"
                   "Date d'achèvement|Fin du projet",
                   NULL},
    [F_BENEFICIARIES] =
        {"beneficiaries",
         "Nombre de bénéficiaires|Nb de bénéficiaires|Nb bénéficiaires|"
         "Nombre de personnes|Nombre de bénéficiaires attendus|"
         "Nombre de personnes accompagnées|Bénéficiaires attendus|"
         "Public attendu|Nombre de personnes touchées|"
         "Nombre de personnes concernées|Nombre de personnes bénéficiaires|"
         "Nombre de bénéficiaires prévus|Nombre prévisionnel de bénéficiaires|"
         "Nb de personnes|Nb personnes|Nb de personnes touchées|"
         "Nb personnes touchées|Nombre de participants|"
         "Nombre de publics touchés|Nombre de femmes accompagnées",
         "Public touché|Public visé|Public concerné|Public cible|Public|"
         "Public bénéficiaire|Publics touchés|Publics visés|Bénéficiaires"},
    [F_COMMUNES] = {"communes",
                    "Communes concernées|Commune(s) concernée(s)|Territoire|"
                    "Territoires|Lieu|Lieu de l'action|Lieux de l'action|"
                    "Communes d'intervention|Commune de l'action|"
                    "Commune concernée|Territoire concerné|"
                    "Territoire d'intervention|Lieu de réalisation|"
                    "Lieu(x) de réalisation|Lieu(x) de l'action|"
                    "Territoire de l'action|Zone d'intervention",
                    NULL},
    [F_COMMUNES_RAW] = {"communes_raw", NULL, NULL},
    [F_RECEIVED_AT] = {"received_at",
                       "received|Déposé le|Date de dépôt|Reçu le|"
                       "Date de réception|Transmis le|Date de la demande|"
                       "Date de transmission|Date d'arrivée|Arrivé le|"
                       "Date de dépôt du dossier|"
                       "Date de réception du dossier",
                       NULL},
    [F_LATE_REASON] = {"late_reason",
                       "late|Motif du retard|Retard|Raison du retard", NULL},
    [F_STATUS] = {"status",
                  "state|État du dossier|Etat Dossier|"
                  "Dossier/action Etat Dossier|Statut du dossier|"
                  "Statut - Dossier de financement",
                  "Statut|Statut du projet|État"},
    [F_STATUS_REASON] = {"status_reason",
                         "Motif du rejet|Motif du retrait|"
                         "Motif d'irrecevabilité|Motif d'inéligibilité",
                         "Motivation de la décision"},
};

const struct heading_set association_headings = {
    association_fields, ASSOCIATION_FIELDS, OWN_LISTS "|id"};

const struct heading_set project_headings = {
    project_fields, PROJECT_FIELDS,
    OWN_LISTS
    "|nomAttribuant|Nom de l'attribuant|Autorité administrative|"
    "Nom de l'organisme attributaire|Nom de l'organisme attribuant|"
    "idAttribuant|Identification de l'attributaire|"
    "Identification de l'attribuant|"
    "Identification de l'attribuant (SIRET)|iAttribuant|"
    "SIRET autorité administrative|SIRET organisme attributaire|"
    "SIRET organisme attribuant|N° SIRET attribuant|SIRET attribuant|"
    "Attribuant|dateConvention|Date de convention|Date de la convention|"
    "Date de la convention de subvention (AAAA-MM-JJ)|Date - Décision|"
    "Date signature de la convention|referenceDecision|"
    "Référence de la décision|Référence délibération|"
    "Référence décision 1|nature|Nature de la subvention|"
    "Nature de l'aide|Nature subvention|conditionsVersement|"
    "Conditions de versement|conditionVersement|datesPeriodeVersement|"
    "Date de versement|dateperiodedeversement|dateperiodedversement|"
    "Date(s) ou période(s) de versement|"
    "Date(s) ou période(s) de versement (AAAA-MM-JJ)|Période de versement|"
    "Date ou période de versement|idRAE|"
    "Numéro de référencement au répertoire des entreprises|"
    "Numéro unique de référencement au répertoire des aides aux "
    "entreprises (RAE)|N° unique de référencement au RAE|notificationUE|"
    "Aides ne relevant pas d'une aide d'état|"
    "Aide d'Etat (ou pas) notifiée à l'UE|Aide notifiée à l'Europe|"
    "pourcentageSubvention|Pourcentage du montant de la subvention "
    "attribué au bénéficiaire|Pourcentage du montant de la subvention "
    "attribuée au bénéficiaire|% du mt de la subvention attribuée au "
    "bénéficiaire|dispositifAide|"
    /* démarches-simplifiées */
    "FranceConnect ?|Établissement siège social|Établissement NAF|"
    "Établissement libellé NAF|Établissement numero voie|"
    "Établissement type voie|Établissement nom voie|"
    "Établissement complément adresse|Établissement code INSEE localité|"
    "Entreprise SIREN|Entreprise capital social|"
    "Entreprise numero TVA intracommunautaire|Entreprise forme juridique|"
    "Entreprise forme juridique code|Entreprise nom commercial|"
    "Entreprise code effectif entreprise|Entreprise date de création|"
    "Entreprise état administratif|Entreprise nom|Association objet|"
    "Association date de création|Association date de déclaration|"
    "Association date de publication|Domaine Fonctionnel|"
    "Référentiel De Programmation|Centre De Coût|À archiver|Archivé|"
    "Dernière mise à jour le|Dernière mise à jour du dossier le|"
    "Passé en instruction le|Traité le|Instructeurs|Groupe instructeur"};
