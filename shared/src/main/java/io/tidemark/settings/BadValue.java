package io.tidemark.settings;

/** A text that is no value of the type asked for. */
public final class BadValue extends Exception {
    private static final long serialVersionUID = 1L;

    private final String what;
    private final String remedy;

    /**
     * @param what continues a sentence that begins with the key, e.g. {@code "5x" is not a duration}
     * @param remedy what to do about it
     */
    public BadValue(String what, String remedy) {
        super(what);
        this.what = what;
        this.remedy = remedy;
    }

    public String what() {
        return what;
    }

    public String remedy() {
        return remedy;
    }
}
