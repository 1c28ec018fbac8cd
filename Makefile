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
PKGS      = sqlite3 popt libutf8proc jansson libcrypto
CC       ?= gcc
CFLAGS   ?= -O2 -g
WARN      = -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Wundef \
            -Wstrict-prototypes -Wmissing-prototypes -Wvla -Wformat=2 \
            -Wwrite-strings -Wcast-qual -Wno-format-nonliteral \
            $(if $(DEVELOPER),-Werror)
HARDEN    = -fPIE -fstack-protector-strong -fstack-clash-protection \
            $(if $(SANITIZE),,-D_FORTIFY_SOURCE=2)
CPPFLAGS += -D_GNU_SOURCE -Isrc -I$(BUILD) -DLOCALEDIR='"$(LOCALEDIR)"' \
            -DCISPD_VERSION='"$(VERSION)"' $(shell pkg-config --cflags $(PKGS))
ALL_CFLAGS = -std=c17 $(CFLAGS) $(WARN) $(HARDEN) \
            $(if $(SANITIZE),-fsanitize=$(SANITIZE) -fno-omit-frame-pointer)
LDFLAGS  += -pie -Wl,-z,relro,-z,now \
            $(if $(SANITIZE),-fsanitize=$(SANITIZE))
LDLIBS   += $(shell pkg-config --libs $(PKGS)) -lxlsxwriter -lcsv -lm

SRC      := $(sort $(wildcard src/*/*.c))
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

check: all $(UNIT)
	$(Q)CISPD=$(abspath $(BUILD))/cispd prove -j2 -e '' $(UNIT) \
	    $(sort $(wildcard tests/cli/*.t))

clean:
	rm -rf $(BUILD) demo

-include $(shell find $(BUILD) -name '*.d' 2>/dev/null)
