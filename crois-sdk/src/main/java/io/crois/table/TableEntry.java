package io.crois.table;

import io.crois.contract.ItemKey;

/** An item of the table with its key. */
public record TableEntry<T>(ItemKey key, T body) {}
