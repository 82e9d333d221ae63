package io.flinkinference.examples.file;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class YamlFileTest {

  private static final Key<String> NAME = Key.required("name", Shapes.text(), "Its name.");
  private static final Key<Integer> COUNT =
      Key.withDefault("count", Shapes.whole(1), 3, "3", "How many.");
  private static final Key<Double> SHARE = Key.optional("share", Shapes.positive(), "How much.");
  private static final Key<Boolean> FAST =
      Key.withDefault("fast", Shapes.flag(), false, "false", "Whether fast.");
  private static final Key<Duration> WAIT = Key.optional("wait", Shapes.duration(), "How long.");
  private static final Key<List<String>> TOPICS =
      Key.optional("topics", Shapes.listOf(Shapes.text()), "Which.");
  private static final Key<String> PASSWORD =
      Key.optional("password", Shapes.secret(), "Its password.");
  private static final Key<Map<String, String>> MORE =
      Key.optional("more", Shapes.properties(name -> name.startsWith("secret")), "More.");
  private static final Section INNER_SECTION = Section.of(NAME, COUNT, PASSWORD);
  private static final Key<Settings> INNER =
      Key.optional("inner", INNER_SECTION, "A section in it.");
  private static final Section SECTION =
      Section.of(NAME, COUNT, SHARE, FAST, WAIT, TOPICS, MORE, PASSWORD, INNER);

  @TempDir Path directory;

  private static Settings read(String text) {
    return YamlFile.read(
        "test.yaml",
        text,
        SECTION,
        new Placeholders(Map.of("WORD", "open sesame", "COUNT", "7")::get),
        (settings, problems) -> {});
  }

  private static List<String> problems(String text) {
    try {
      read(text);
      return List.of();
    } catch (FileException e) {
      return e.problems().stream().map(p -> p.line() + ": " + p.message()).toList();
    }
  }

  @Test
  void valuesAreReadByTheirKeys() {
    Settings settings =
        read(
            """
            name: first
            share: 0.5
            fast: true
            wait: 500 ms
            topics: [a, b]
            more: {linger.ms: 5, text: x}
            inner:
              name: second
            """);
    assertThat(settings.get(NAME)).isEqualTo("first");
    assertThat(settings.get(COUNT)).isEqualTo(3);
    assertThat(settings.get(SHARE)).isEqualTo(0.5);
    assertThat(settings.get(FAST)).isTrue();
    assertThat(settings.get(WAIT)).isEqualTo(Duration.ofMillis(500));
    assertThat(settings.get(TOPICS)).containsExactly("a", "b");
    assertThat(settings.get(MORE)).containsEntry("linger.ms", "5").containsEntry("text", "x");
    assertThat(settings.get(INNER).get(NAME)).isEqualTo("second");
    assertThat(settings.find(PASSWORD)).isEmpty();
  }

  @Test
  void allProblemsAreToldAtOnceWithTheirLines() {
    assertThat(
            problems(
                """
                nmae: first
                count: many
                share: -1
                fast: yes please
                wait: 10
                topics: a
                more: [x]
                inner:
                  count: 0
                count: 2
                """))
        .containsExactly(
            "1: There is no key 'nmae' at the top. There are name, count, share, fast, wait,"
                + " topics, more, password, inner.",
            "1: name is missing. It is a text: Its name.",
            "2: count is 'many', but it has to be a whole number, at least 1.",
            "3: share is '-1', but it has to be a number above 0.",
            "4: fast is 'yes please', but it has to be true or false.",
            "5: wait is '10', but it has to be a time with a unit, such as 500 ms, 10 s or 5"
                + " min.",
            "6: topics is a single value, but it has to be a list, each a text, such as [a, b].",
            "7: more is a list, but it has to be a section of names of your own, each with a text.",
            "9: inner.name is missing. It is a text: Its name.",
            "9: inner.count is '0', but it has to be a whole number, at least 1.",
            "10: count is there twice. Leave one of them out.");
  }

  @Test
  void numberWhereATextBelongsIsAProblem() {
    assertThat(problems("name: 12"))
        .containsExactly(
            "1: name is '12', but it has to be a text. Put it in quotes if it is meant so.");
    assertThat(read("name: '12'").get(NAME)).isEqualTo("12");
  }

  @Test
  void keyWithoutValueIsAProblem() {
    assertThat(problems("name:\n"))
        .containsExactly("1: name has no value, but it has to be a text.");
    assertThat(problems("name: x\ninner:\n"))
        .containsExactly(
            "2: inner is empty, but it has to be a section with the keys name, count,"
                + " password.");
  }

  @Test
  void whatIsNoYamlIsToldWithoutTheLineItself() {
    assertThat(problems("name: x\npassword: 'abc\n"))
        .singleElement()
        .asString()
        .contains("It is no YAML")
        .doesNotContain("abc");
    assertThat(problems("")).containsExactly("1: The file is empty.");
    assertThat(problems("just words"))
        .singleElement()
        .asString()
        .startsWith("1: The file is a single value");
  }

  @Test
  void whatYamlHasButAFileMayNotIsToldToo() {
    assertThat(problems("name: x\ninner: {name: ${env:WORD}}\n"))
        .singleElement()
        .asString()
        .contains("2: It is no YAML")
        .contains("placeholders, \"${env:NAME}\", between braces");
    assertThat(problems("name: x\n---\nname: y\n"))
        .containsExactly("2: A second document begins here. Put it into a file of its own.");
    assertThat(problems("name: x\nmore: &m\n  a: [1, {b: *m}]\n"))
        .first()
        .asString()
        .startsWith("2: It stands in itself, by an alias");
    assertThat(problems("name: &n x\ninner: {name: *n}\n")).as("aliases alone").isEmpty();
  }

  @Test
  void placeholdersAreVariablesAndFiles() throws Exception {
    Path file = Files.writeString(directory.resolve("secret"), "from a file\n");
    Settings settings =
        read(
            """
            name: say ${env:WORD}
            count: ${env:COUNT}
            password: ${file:%s}
            """
                .formatted(file));
    assertThat(settings.get(NAME)).isEqualTo("say open sesame");
    assertThat(settings.get(COUNT)).isEqualTo(7);
    assertThat(settings.get(PASSWORD)).isEqualTo("from a file");
  }

  @Test
  void placeholderWithNothingBehindItIsAProblem() {
    assertThat(
            problems(
                """
                name: ${env:NOBODY}
                password: ${file:/no/such/file}
                inner:
                  name: ${vault:x}
                """))
        .containsExactly(
            "1: name: the environment variable NOBODY is not set. Set it where the job is started.",
            "2: password: the file /no/such/file cannot be read (NoSuchFileException).",
            "4: inner.name: it has a placeholder of an unknown kind. There are ${env:NAME} and"
                + " ${file:/path}; $${ stands for ${ itself.");
  }

  @Test
  void whatPlaceholdersStandForIsNotShown() {
    assertThat(problems("name: x\ncount: ${env:WORD}"))
        .containsExactly("2: count is '${env:WORD}', but it has to be a whole number, at least 1.");
  }

  @Test
  void secretsAreShownAsPlaceholdersOnly() {
    Settings settings =
        read(
            """
            name: x
            password: hunter2
            more: {secret.one: hunter3, secret.two: "${env:WORD}", other: shown}
            inner: {name: y, password: "${env:WORD}"}
            """);
    assertThat(settings.get(PASSWORD)).isEqualTo("hunter2");
    assertThat(settings.get(INNER).get(PASSWORD)).isEqualTo("open sesame");
    assertThat(settings.listing())
        .extracting(setting -> setting.path() + "=" + setting.value() + " " + setting.line())
        .containsExactly(
            "name=x 1",
            "count=3 0",
            "fast=false 0",
            "more=secret.one=(hidden), secret.two=${env:WORD}, other=shown 3",
            "password=(hidden) 2",
            "inner.name=y 4",
            "inner.count=3 0",
            "inner.password=${env:WORD} 4");
    assertThat(problems("name: x\npassword: 12"))
        .singleElement()
        .asString()
        .contains("(hidden)")
        .doesNotContain("12");
  }

  @Test
  void secretsBesideAPlaceholderAreNotShown() {
    Settings settings =
        read(
            """
            name: x
            password: hunter2-${env:WORD}
            more: {secret.one: "hunter3 ${env:WORD}"}
            """);
    assertThat(settings.get(PASSWORD)).isEqualTo("hunter2-open sesame");
    assertThat(settings.listing().toString()).doesNotContain("hunter");
    assertThat(problems("name: x\npassword: pa${x}ss"))
        .hasSize(1)
        .first()
        .asString()
        .doesNotContain("pa${");
    assertThat(problems("name: x\npassword: *hunter2"))
        .hasSize(1)
        .first()
        .asString()
        .doesNotContain("hunter");
  }

  @Test
  void secretsOfOnesOwnAreNotShownWhereTheyCannotBeReadEither() {
    assertThat(read("name: x\nmore: {secret.one: 2026-01-31, other: 2026-01-31}").get(MORE))
        .containsEntry("secret.one", "2026-01-31")
        .containsEntry("other", "2026-01-31");
    assertThat(problems("name: x\nmore: {secret.one: !own hunter2}"))
        .containsExactly(
            "2: more.secret.one is (hidden), but it has to be a text. Put it in quotes if it is meant so.");
  }

  @Test
  void usersInUrlsAreNotShownWhereSeveralStandInOneValue() {
    String urls = "https://me:hunter2@one:8081, https://two:8081";
    assertThat(read("name: " + urls).listing().toString()).doesNotContain("hunter");
    assertThat(problems("name: x\ncount: " + urls).toString()).doesNotContain("hunter");
    assertThat(read("name: one:9092,two:9092, and me@home").listing().toString())
        .contains("one:9092,two:9092, and me@home");
  }

  @Test
  void sectionsThatAreNotThereHaveTheirWholePaths() {
    Key<Settings> inmost = Key.section("inmost", Section.of(COUNT), "Innermost.");
    Key<Settings> inner = Key.section("inner", Section.of(inmost), "Inner.");
    Section outer = Section.of(NAME, Key.section("outer", Section.of(inner), "Outer."));
    Settings settings =
        YamlFile.read(
            "test.yaml", "name: x", outer, Placeholders.ofTheProcess(), (all, problems) -> {});
    assertThat(settings.listing())
        .extracting(Settings.Setting::path)
        .containsExactly("name", "outer.inner.inmost.count");
  }

  @Test
  void aPlaceholderCanBeMeantLiterally() {
    assertThat(read("name: $${env:WORD} ${env:WORD}").get(NAME))
        .isEqualTo("${env:WORD} open sesame");
  }

  @Test
  void aFileThatIsNotUtf8IsToldWithTheLine() {
    byte[] bytes = "name: x\nshare: caf?".getBytes(ISO_8859_1);
    bytes[bytes.length - 1] = (byte) 0xE9;
    assertThatThrownBy(() -> YamlFile.decode("test.yaml", bytes))
        .hasMessageContaining("line 2: It is not UTF-8 here");
    assertThat(YamlFile.decode("test.yaml", "gr\u00fcn".getBytes(UTF_8))).isEqualTo("gr\u00fcn");
  }

  @Test
  void problemsOfChecksComeWithTheOthers() {
    assertThatThrownBy(
            () ->
                YamlFile.read(
                    "test.yaml",
                    "name: x\ncount: many",
                    SECTION,
                    Placeholders.ofTheProcess(),
                    (settings, problems) ->
                        problems.add(settings.line(NAME), "x is no name for it.")))
        .hasMessage(
            """
            test.yaml has 2 problems:
              line 1: x is no name for it.
              line 2: count is 'many', but it has to be a whole number, at least 1.""");
  }
}
