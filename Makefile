# cispd: build, test, demo. `make help` lists the targets.

PREFIX      ?= /usr/local
BINDIR      ?= $(PREFIX)/bin
MANDIR      ?= $(PREFIX)/share/man
LOCALEDIR   ?= $(PREFIX)/share/locale
BASHCOMPDIR ?= $(PREFIX)/share/bash-completion/completions
BUILD       ?= build
V           ?= 0
Q            = $(if $(filter 1,$(V)),,@)

VERSION  := $(shell git describe --tags --always --dirty 2>/dev/null || echo 0)

# Debian 12 packages: what the program is built with, what it is tested with.
DEPS_BUILD = libsqlite3-dev libxlsxwriter-dev libcsv-dev libpopt-dev \
             libutf8proc-dev libjansson-dev libssl-dev gettext
DEPS_TEST  = libcmocka-dev perl sqlite3 gnumeric libxml2-utils unzip mandoc \
             universal-ctags cppcheck
DEPS_BENCH = glpk-utils
DEPS_SLOW  = libreoffice-calc poppler-utils glpk-utils

CC       ?= gcc
CFLAGS   ?= -O2 -g
WARN      = -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Wundef \
            -Wstrict-prototypes -Wmissing-prototypes -Wvla -Wformat=2 \
            -Wwrite-strings -Wcast-qual -Wno-format-nonliteral \
            -Wno-missing-field-initializers \
            $(if $(DEVELOPER),-Werror)
HARDEN    = -fPIE -fstack-protector-strong -fstack-clash-protection \
            $(if $(SANITIZE),,-D_FORTIFY_SOURCE=2)
CPPFLAGS += -D_GNU_SOURCE -Isrc -I$(BUILD) -DLOCALEDIR='"$(LOCALEDIR)"' \
            -DCISPD_VERSION='"$(VERSION)"'
ALL_CFLAGS = -std=c17 $(CFLAGS) $(WARN) $(HARDEN) \
            $(if $(SANITIZE),-fsanitize=$(SANITIZE) -fno-omit-frame-pointer)
LDFLAGS  += -pie -Wl,-z,relro,-z,now \
            $(if $(SANITIZE),-fsanitize=$(SANITIZE))
LDLIBS   += -lsqlite3 -lpopt -lutf8proc -ljansson -lcrypto -lxlsxwriter -lcsv -lm

SRC      := $(sort $(wildcard src/*/*.c src/*/*/*.c))
OBJ      := $(SRC:src/%.c=$(BUILD)/%.o) $(BUILD)/embedded.o
MAIN_OBJ := $(BUILD)/main.o
UNIT     := $(patsubst tests/unit/%.c,$(BUILD)/unit/%.t,\
              $(sort $(wildcard tests/unit/*.c)))
SCHEMA   := $(sort $(wildcard schema/*.sql))
REPORTS  := $(sort $(wildcard reports/*/*.sql))
MO       := $(patsubst po/%.po,$(BUILD)/locale/%/LC_MESSAGES/cispd.mo,\
              $(sort $(wildcard po/*.po)))

.PHONY: all deps demo check check-slow lint asan bench install uninstall clean \
        help
all: $(BUILD)/cispd $(MO)

$(BUILD)/cispd: $(MAIN_OBJ) $(OBJ)
	@echo "  LINK  $@"
	$(Q)$(CC) $(ALL_CFLAGS) $(LDFLAGS) -o $@ $^ $(LDLIBS)

$(BUILD)/%.o: src/%.c
	@mkdir -p $(@D)
	@echo "  CC    $<"
	$(Q)$(CC) $(CPPFLAGS) $(ALL_CFLAGS) -MMD -MP -c -o $@ $<

# The schema and the reports travel inside the program.
$(BUILD)/embedded.c: tools/embed.sh $(SCHEMA) $(REPORTS)
	@mkdir -p $(@D)
	$(Q)sh tools/embed.sh $(SCHEMA) $(REPORTS) > $@.tmp && mv $@.tmp $@

$(BUILD)/embedded.o: $(BUILD)/embedded.c
	@echo "  CC    $<"
	$(Q)$(CC) $(CPPFLAGS) $(ALL_CFLAGS) -Wno-overlength-strings -c -o $@ $<

$(BUILD)/locale/%/LC_MESSAGES/cispd.mo: po/%.po
	@mkdir -p $(@D)
	$(Q)msgfmt --check -o $@ $<

$(BUILD)/unit/%.t: tests/unit/%.c $(OBJ)
	@mkdir -p $(@D)
	@echo "  TEST  $@"
	$(Q)$(CC) $(CPPFLAGS) $(ALL_CFLAGS) $(LDFLAGS) -o $@ $< $(OBJ) $(LDLIBS) \
	    -lcmocka

# Installs the missing packages, and nothing when all are there.
deps:
	$(Q)sh tools/deps.sh $(DEPS_BUILD) $(DEPS_TEST)

# LINK and LDLIBS: migrate.t links programs of later versions.
check: all $(UNIT)
	$(Q)LINK='$(CC) $(ALL_CFLAGS) $(LDFLAGS)' LDLIBS='$(LDLIBS)' \
	    CISPD=$(abspath $(BUILD))/cispd prove -j2 -e '' $(UNIT) \
	    $(sort $(wildcard tests/cli/*.t))

$(BUILD)/slow/%: tests/slow/%.c $(OBJ)
	@mkdir -p $(@D)
	@echo "  TEST  $@"
	$(Q)$(CC) $(CPPFLAGS) $(ALL_CFLAGS) $(LDFLAGS) -o $@ $< $(OBJ) $(LDLIBS) \
	    -lcmocka

# What needs LibreOffice: every workbook recalculated and printed. What needs
# GLPK: the exact engine against a solver that is not ours.
check-slow: all $(BUILD)/slow/knapsack_lp
	$(Q)sh tools/deps.sh $(DEPS_SLOW)
	$(Q)CISPD=$(abspath $(BUILD))/cispd BUILD=$(abspath $(BUILD)) prove -e '' \
	    $(sort $(wildcard tests/slow/*.t))

lint:
	$(Q)$(MAKE) --no-print-directory BUILD=build-lint DEVELOPER=1 all
	$(Q)BUILD=build-lint sh tools/lint.sh

# The whole test suite under AddressSanitizer and UBSan.
asan:
	$(Q)LSAN_OPTIONS=suppressions=$(abspath tests/leaks-of-libraries):print_suppressions=0 \
	    $(MAKE) --no-print-directory BUILD=build-asan SANITIZE=address,undefined \
	    CFLAGS="-O1 -g -fno-sanitize-recover=all" check

demo: all
	$(Q)CISPD=$(abspath $(BUILD))/cispd sh demo-call/play.sh demo

$(BUILD)/bench/optimum: tests/bench/optimum.c $(OBJ)
	@mkdir -p $(@D)
	$(Q)$(CC) $(CPPFLAGS) $(ALL_CFLAGS) $(LDFLAGS) -o $@ $< $(OBJ) $(LDLIBS)

bench: all $(BUILD)/bench/optimum
	$(Q)sh tools/deps.sh $(DEPS_BENCH)
	$(Q)CISPD=$(abspath $(BUILD))/cispd BUILD=$(abspath $(BUILD)) \
	    CC="$(CC)" sh tests/bench/run.sh

install: all
	install -d $(DESTDIR)$(BINDIR) $(DESTDIR)$(MANDIR)/man1 \
	    $(DESTDIR)$(BASHCOMPDIR)
	install -m 755 $(BUILD)/cispd $(DESTDIR)$(BINDIR)/cispd
	install -m 644 man/cispd.1 $(DESTDIR)$(MANDIR)/man1/cispd.1
	$(BUILD)/cispd completion > $(DESTDIR)$(BASHCOMPDIR)/cispd
	for mo in $(MO:$(BUILD)/locale/%=%); do \
	    install -D -m 644 $(BUILD)/locale/$$mo \
	        $(DESTDIR)$(LOCALEDIR)/$$mo || exit 1; done

uninstall:
	rm -f $(DESTDIR)$(BINDIR)/cispd $(DESTDIR)$(MANDIR)/man1/cispd.1 \
	    $(DESTDIR)$(BASHCOMPDIR)/cispd \
	    $(MO:$(BUILD)/locale/%=$(DESTDIR)$(LOCALEDIR)/%)

help:
	@echo "all demo check check-slow lint asan bench install uninstall" \
	    "clean deps"

# Translations: `make po` brings po/ up to date with the sources.
.PHONY: po
po:
	$(Q)sh tools/po.sh

clean:
	rm -rf $(BUILD) build-lint build-asan demo

-include $(shell find $(BUILD) -name '*.d' 2>/dev/null)
