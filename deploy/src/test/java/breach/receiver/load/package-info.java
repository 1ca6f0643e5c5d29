/** Classes that go through the walls, to prove that a wall is felt. */
@NullMarked
package breach.receiver.load;

import org.jspecify.annotations.NullMarked;
