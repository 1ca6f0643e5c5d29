package breach.receiver.load;

public final class Prints {

    private Prints() {}

    static void print() {
        System.out.println("printed");
    }
}
