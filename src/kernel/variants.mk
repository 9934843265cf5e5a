# src/kernel/lanes.c is compiled once for every instruction set; kernel.c chooses at run time.
# The plain compilation in SOURCES is the portable variant.

LANES_FLAGS    := -O3 -fno-trapping-math -Wno-psabi
VARIANT_OBJECTS :=

ifneq ($(filter x86_64 amd64,$(shell uname -m)),)
VARIANT_OBJECTS := $(BUILD)/kernel/lanes_avx2.o $(BUILD)/kernel/lanes_avx512.o
endif

$(BUILD)/kernel/lanes.o:        CFLAGS += $(LANES_FLAGS) -DLANES_VARIANT=portable
$(BUILD)/kernel/lanes_avx2.o:   CFLAGS += $(LANES_FLAGS) -DLANES_VARIANT=avx2 -march=x86-64-v3
$(BUILD)/kernel/lanes_avx512.o: CFLAGS += $(LANES_FLAGS) -DLANES_VARIANT=avx512 \
                                          -march=x86-64-v4 -mprefer-vector-width=512

$(VARIANT_OBJECTS): src/kernel/lanes.c src/kernel/variants.mk $(BUILD)/flags
	@mkdir -p $(@D)
	$(call quiet,CC,$@)$(CC) $(CFLAGS) -MMD -MP -c -o $@ $<
