/* SHA-256: the examples of FIPS 180-2, and piece by piece as in one go. */
#include "base/digest.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

static void known_digests(void **state)
{
    (void)state;
    unsigned char d[DIGEST_LEN];
    char hex[DIGEST_HEX_LEN];
    digest_of("", 0, d);
    assert_string_equal(
        digest_hex(d, hex),
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    digest_of("abc", 3, d);
    assert_string_equal(
        digest_hex(d, hex),
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

static void pieces_add_up(void **state)
{
    (void)state;
    unsigned char whole[DIGEST_LEN], pieces[DIGEST_LEN];
    digest_of("one two", 7, whole);
    struct digest *d = digest_start();
    digest_add(d, "one", 3);
    digest_add(d, " two", 4);
    digest_end(d, pieces);
    assert_memory_equal(whole, pieces, DIGEST_LEN);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(known_digests),
        cmocka_unit_test(pieces_add_up),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
