package io.miaojie.settlement.state;

/** A table of the state. It writes what can't be derived, in dense-index order, and rebuilds the rest when it loads. */
public interface StatePart {
    void save(StateWriter out);

    /** Fills this fresh part. */
    void load(StateReader in);
}
