/* Writes random multiple-choice knapsacks as LP files, N.lp, into a folder,
 * and prints the greatest value of each as our engine finds it, over what the
 * file divides values by, after having checked the choice that it makes. */
#include "base/whole_file.h"
#include "core/rules/lp.h"
#include "core/rules/settle.h"
#include "../unit/make_knapsack.h"

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
        struct buf lp = BUF_INIT;
        int64_t divisor = lp_write(&k, capacity, &lp);
        if (whole_file_write(path, buf_str(&lp), NULL) != ST_OK)
            return 1;
        printf("%lld\n", (long long)(chosen_value(&k, capacity) / divisor));
        buf_release(&lp);
        free(path);
        knapsack_release(&k);
    }
    return 0;
}
