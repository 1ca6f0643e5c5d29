package io.tidemark.deploy;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.util.List;
import java.util.Set;

/** One slice for each package that a module's root holds; a module's root itself may know all of them. */
record PackagesOfModules(String root) implements SliceAssignment {

    private static final Set<String> MODULES = Set.of("sender", "receiver", "deploy");

    @Override
    public SliceIdentifier getIdentifierOf(JavaClass javaClass) {
        if (!javaClass.getPackageName().startsWith(root + '.')) {
            return SliceIdentifier.ignore();
        }
        List<String> parts =
                List.of(javaClass.getPackageName().substring(root.length() + 1).split("\\.", -1));
        if (!MODULES.contains(parts.get(0))) {
            return SliceIdentifier.of(parts.get(0));
        }
        return parts.size() == 1 ? SliceIdentifier.ignore() : SliceIdentifier.of(parts.get(0), parts.get(1));
    }

    @Override
    public String getDescription() {
        return "packages of each module";
    }
}
