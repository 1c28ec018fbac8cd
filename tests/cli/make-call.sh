# Sourced after lib.sh: makes a whole call in $CISPD_DB.
#   make_call PROJECTS MEMBERS [LANG]   25 and 7: a believable call, long titles,
#   accents, a tie, recusals, an abstention, late files, one that is withdrawn
#   and a confidential shelter; larger numbers repeat it.
make_call() {
    local projects=$1 members=$2
    cispd init --agency "Communauté d'Agglomération Maubeuge-Val de Sambre" \
        --doc-lang "${3:-en}" >/dev/null &&
        cispd call add 2026 --title "Appel à projets 2026 : violences intrafamiliales et accès au droit" \
            --envelope 20000 --opens 2025-11-03 --closes "2026-01-31 23:59" \
            --min-award 300 --threshold 50 --quorum 3 --rule partial \
            --seed "tirage du 12/05/2026" >/dev/null &&
        cispd theme add "Violences intrafamiliales" "Accès au droit" \
            "Prévention auprès des jeunes" "Accompagnement des auteurs" \
            >/dev/null &&
        cispd criterion add --default-grid >/dev/null &&
        sql_call "$projects" "$members"
}
sql_call() {
    sqlite3 "$CISPD_DB" <<SQL
BEGIN;
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < $2),
name(i, t) AS (VALUES
  (1, 'Mme Amrani, vice-présidente'), (2, 'M. Bernard, sous-préfecture'),
  (3, 'Mme Caudron, DDETS'), (4, 'M. Delattre, police nationale'),
  (5, 'Mme Évrard, CAF du Nord'), (6, 'M. Fiévet, parquet d''Avesnes'),
  (7, 'Mme Gosselin, droits des femmes'))
INSERT INTO member (call_year, name, name_key)
SELECT 2026, coalesce(t, 'Membre ' || n.i), 'member ' || n.i
  FROM n LEFT JOIN name ON name.i = n.i ORDER BY n.i;

WITH a(i, name, acronym, commune, postcode, hidden) AS (VALUES
  (1, 'Sambre Solidarité Femmes', 'SSF', 'Maubeuge', '59600', 0),
  (2, 'La Maison des Possibles', NULL, 'Hautmont', '59330', 0),
  (3, 'Refuge de l''Avesnois', NULL, 'Jeumont', '59460', 1),
  (4, 'Association d''aide aux victimes et de médiation du Val de Sambre', 'AVMVS', 'Maubeuge', '59600', 0),
  (5, 'Les Ateliers du Cœur', NULL, 'Feignies', '59750', 0),
  (6, 'Club sportif de Louvroil', 'CSL', 'Louvroil', '59720', 0),
  (7, 'Théâtre de l''Éclusier', NULL, 'Aulnoye-Aymeries', '59620', 0),
  (8, 'Écoute Parents Enfants', 'EPE', 'Ferrière-la-Grande', '59680', 0),
  (9, 'Point d''accès au droit itinérant', 'PADI', 'Berlaimont', '59145', 0),
  (10, 'Jeunes et Citoyens en Sambre', 'JCS', 'Jeumont', '59460', 0))
INSERT INTO association (name, name_key, acronym, address, postcode, commune,
                         confidential)
SELECT name, 'association ' || i, acronym,
       CASE WHEN hidden THEN '12 rue du Secret' ELSE i || ' rue des Écoles' END,
       postcode, commune, hidden FROM a ORDER BY i;
INSERT INTO contact (association_id, role, email, phone)
SELECT id, 'présidence', 'contact' || id || '@example.org', '0327000000'
  FROM association;

WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < $1),
t(i, title) AS (VALUES
  (1, 'Permanences d''écoute et d''accompagnement des femmes victimes de violences dans les communes rurales'),
  (2, 'Hébergement d''urgence : nuits de mise à l''abri'),
  (3, 'Atelier théâtre-forum « Et si on en parlait ? » dans quatre collèges du territoire, avec restitution publique et débat animé par un professionnel'),
  (4, 'Espace de rencontre parents-enfants'),
  (5, 'Bus de l''accès au droit'),
  (6, 'Groupe de parole pour les auteurs de violences conjugales, en lien avec le SPIP'),
  (7, 'Formation des professionnels de l''accueil au repérage'),
  (8, '=1+1 : « un et un font deux », médiation familiale'),
  (9, 'Boxe et confiance en soi'),
  (10, 'Permanence juridique gratuite'),
  (11, 'Campagne d''affichage 25 novembre'),
  (12, 'Accompagnement vers l''emploi des femmes hébergées'),
  (13, 'Exposition itinérante « Cassées »'),
  (14, 'Soutien psychologique aux enfants exposés aux violences'),
  (15, 'Café des parents'),
  (16, 'Traduction et interprétariat pour les victimes allophones'),
  (17, 'Numérique et cyberviolences : ateliers en lycée'),
  (18, 'Gardiennage d''animaux des personnes mises à l''abri'),
  (19, 'Ciné-débat'),
  (20, 'Taxi solidaire vers l''unité médico-judiciaire'),
  (21, 'Médiation de rue'),
  (22, 'Guide « Vos droits en Sambre »'),
  (23, 'Stage de responsabilisation'),
  (24, 'Atelier bien-être et estime de soi'),
  (25, 'Journée territoriale de lutte contre les violences'))
INSERT INTO project (call_year, number, association_id, title, theme_id,
    requested_cents, minimum_cents, cost_cents, beneficiaries, received_at,
    late_reason, status, status_reason)
SELECT 2026, n.i, 1 + (n.i * 7) % 10, coalesce(t.title, 'Projet ' || n.i),
    1 + (n.i * 3) % 4, 50000 + (n.i * 37 % 25) * 10000 + (n.i % 4) * 2550,
    CASE WHEN n.i % 3 = 0 THEN 50000 + (n.i * 37 % 25) * 5000 END,
    150000 + (n.i * 37 % 25) * 30000, 10 + n.i * 13 % 90,
    CASE WHEN n.i % 25 = 21 THEN '2026-02-02 09:15' ELSE '2026-01-20 14:30' END,
    CASE WHEN n.i % 25 = 21 THEN 'Panne du courriel de l''association, attestée' END,
    CASE n.i % 25 WHEN 23 THEN 'rejected' WHEN 24 THEN 'withdrawn'
                  WHEN 22 THEN 'received' ELSE 'eligible' END,
    CASE n.i % 25 WHEN 23 THEN 'Hors du territoire'
                  WHEN 24 THEN 'Retiré par l''association' END
  FROM n LEFT JOIN t ON t.i = n.i ORDER BY n.i;
INSERT INTO project_commune
SELECT id, CASE WHEN association_id = 3 THEN '59324' ELSE '59392' END
  FROM project;

INSERT INTO recusal (project_id, member_id, reason, declared_on)
SELECT p.id, m.id, 'Administratrice de l''association', '2026-03-02'
  FROM project p JOIN member m
 WHERE p.status = 'eligible' AND p.association_id = 1 AND m.id = 1
    OR p.number % 25 = 5 AND m.id = 4 OR p.number = 7 AND m.id IN (2, 3);

INSERT INTO mark (project_id, member_id, criterion_id, value_milli)
SELECT p.id, m.id, c.id,
       CASE WHEN p.number % 25 = 9 AND m.id = 5 THEN NULL
            ELSE c.scale_lo * 1000 + (c.scale_hi - c.scale_lo) * 1000
                 * (40 + (CASE p.number WHEN 14 THEN 12 ELSE p.number END * 17
                          % 50 + m.id * 5 + c.position * 11) % 60)
                 / 100 / c.step_milli * c.step_milli END
  FROM project p JOIN member m JOIN criterion c
 WHERE p.status IN ('eligible', 'received')
   AND NOT EXISTS (SELECT 1 FROM recusal r WHERE r.project_id = p.id
                    AND r.member_id = m.id)
   AND NOT (p.number % 25 = 20 AND m.id > 2)
   AND NOT (p.number % 25 = 11 AND m.id = 6);
COMMIT;
SQL
}
