/* Writes random multiple-choice knapsacks as LP files, N.lp, into a folder,
 * and prints the greatest value of each as our engine finds it, after having
 * checked the choice that it makes. */
#include "core/settle.h"
#include "../unit/make_knapsack.h"

static void write_class(FILE *f, const struct knapsack *k, size_t c,
                        bool weights)
{
    for (size_t o = k->first[c]; o < k->first[c + 1]; o++)
        fprintf(f, " + %lld x%zu\n",
                (long long)(weights ? k->option[o].weight : k->option[o].value),
                o);
}

static void write_lp(FILE *f, const struct knapsack *k, int64_t capacity)
{
    fprintf(f, "Maximize\n obj:\n");
    for (size_t c = 0; c < k->classes; c++)
        write_class(f, k, c, false);
    fprintf(f, "Subject To\n capacity:\n");
    for (size_t c = 0; c < k->classes; c++)
        write_class(f, k, c, true);
    fprintf(f, " <= %lld\n", (long long)capacity);
    for (size_t c = 0; c < k->classes; c++) {
        fprintf(f, " one%zu:", c);
        for (size_t o = k->first[c]; o < k->first[c + 1]; o++)
            fprintf(f, " + x%zu", o);
        fprintf(f, " <= 1\n");
    }
    fprintf(f, "Binary\n");
    for (size_t o = 0; o < k->first[k->classes]; o++)
        fprintf(f, " x%zu\n", o);
    fprintf(f, "End\n");
}

/* The value of the choice, which must fit; -1 when it does not. */
static int64_t chosen_value(const struct knapsack *k, int64_t capacity)
{
    struct room room = ROOM_START;
    size_t *choice = xcalloc(k->classes, sizeof *choice);
    int64_t weight = 0, value = 0;
    bool fits = settle(k, capacity, choice, &room);
    for (size_t c = 0; fits && c < k->classes; c++)
        if (choice[c] != KNAPSACK_NONE) {
            weight += k->option[choice[c]].weight;
            value += k->option[choice[c]].value;
        }
    free(choice);
    room_release(&room);
    return fits && weight <= capacity ? value : -1;
}

int main(int argc, char **argv)
{
    if (argc != 3)
        return 2;
    uint64_t seed = 2026;
    for (int i = 0; i < atoi(argv[2]); i++) {
        size_t classes = 4 + (size_t)random_below(&seed, 13);
        struct knapsack k = make_knapsack(
            (enum family)(i % FAMILIES), classes, i % 4 == 0 ? 1 : 4,
            i % 3 ? 500 : 5000, i % 2 ? 10 : 1, &seed);
        int64_t capacity = total_weight(&k) / (2 + i % 3);
        char *path = xasprintf("%s/%d.lp", argv[1], i);
        FILE *f = fopen(path, "w");
        if (f == NULL)
            return 1;
        write_lp(f, &k, capacity);
        fclose(f);
        printf("%lld\n", (long long)chosen_value(&k, capacity));
        free(path);
        knapsack_release(&k);
    }
    return 0;
}
