# modsweep: `make help` lists what there is to do.

VERSION  := 0.1.0
COMMIT   := $(shell git describe --always --dirty --abbrev=12 2>/dev/null || echo unknown)
BUILD    ?= build
CC       ?= gcc
ifeq ($(origin CC),default)
CC       := gcc
endif
V        ?= 0
quiet     = $(if $(filter 1,$(V)),,@printf '  %-7s %s\n' '$(1)' '$(2)';)

PACKAGES := hdf5-openmpi openblas yaml-0.1 libxxhash json-c ompi-c
WARNINGS := -Wall -Wextra -Werror -Wshadow -Wconversion -Wstrict-prototypes -Wmissing-prototypes \
            -Wpointer-arith -Wwrite-strings -Wvla -Wundef
OPTIMISE ?= -O2
SANITIZE ?=
# No contraction outside the kernels, so that every compiler gives the same bits.
CFLAGS   += -std=c11 -D_GNU_SOURCE -g $(OPTIMISE) -ffp-contract=off -fno-math-errno $(WARNINGS) \
            $(SANITIZE) -Iinclude $(shell pkg-config --cflags $(PACKAGES) 2>/dev/null | sed 's/-I/-isystem /g') \
            -DMODSWEEP_VERSION='"$(VERSION)"' -DMODSWEEP_COMMIT='"$(COMMIT)"'
LDFLAGS  += $(SANITIZE)
LDLIBS   += $(shell pkg-config --libs $(PACKAGES) 2>/dev/null) -lhdf5_openmpi_hl -llapacke -lm

SOURCES  := $(sort $(wildcard src/*/*.c))
MAINS    := src/command/main.c
OBJECTS  := $(SOURCES:src/%.c=$(BUILD)/%.o)
LIBRARY  := $(BUILD)/libmodsweep.a
UNIT_SOURCES := $(sort $(wildcard tests/*/test_*.c))
UNIT_TESTS   := $(UNIT_SOURCES:tests/%.c=$(BUILD)/tests/%)

include src/kernel/variants.mk

.PHONY: all
all: $(BUILD)/modsweep ## build the program (default)

$(BUILD)/modsweep: $(BUILD)/command/main.o $(LIBRARY)
	$(call quiet,LINK,$@)$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(LDLIBS)

$(LIBRARY): $(filter-out $(MAINS:src/%.c=$(BUILD)/%.o),$(OBJECTS)) $(VARIANT_OBJECTS)
	$(call quiet,AR,$@)rm -f $@ && ar rcs $@ $^

$(BUILD)/%.o: src/%.c Makefile
	@mkdir -p $(@D)
	$(call quiet,CC,$<)$(CC) $(CFLAGS) -MMD -MP -c -o $@ $<

$(BUILD)/tests/%: tests/%.c $(LIBRARY)
	@mkdir -p $(@D)
	$(call quiet,TEST,$@)$(CC) $(CFLAGS) -Itests -MMD -MP $(LDFLAGS) -o $@ $< $(LIBRARY) -lcmocka $(LDLIBS)

-include $(OBJECTS:.o=.d) $(UNIT_TESTS:=.d) $(VARIANT_OBJECTS:.o=.d)
