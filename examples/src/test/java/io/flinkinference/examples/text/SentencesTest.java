package io.flinkinference.examples.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class SentencesTest {

  @Test
  void fragmentsAtTheEdgesAreLeftOut() {
    assertThat(
            Sentences.of(
                "and so it went on. This sentence is whole, and so it is kept here. And is this one, which is a question, kept as well?"
                    + " The last one was cut off in the"))
        .containsExactly(
            "This sentence is whole, and so it is kept here.",
            "And is this one, which is a question, kept as well?");
  }

  @Test
  void paragraphEndsASentence() {
    assertThat(
            Sentences.of(
                "A heading that is not a sentence   The debate on the second report is closed."))
        .containsExactly("The debate on the second report is closed.");
  }

  @Test
  void shortSentencesAreLeftOut() {
    assertThat(Sentences.of("Thank you. I can only agree with the previous speaker."))
        .containsExactly("I can only agree with the previous speaker.");
  }

  @Test
  void englishIsToldByItsSmallWords() {
    assertThat(English.isLikely("The vote on the report will take place at noon, and we agree."))
        .isTrue();
    assertThat(English.isLikely("Die Abstimmung über den Bericht findet um zwölf Uhr statt."))
        .isFalse();
    assertThat(English.isLikely("De stemming over dit verslag vindt is om 12.00 uur plaats."))
        .isFalse();
    assertThat(English.isLikely("")).isFalse();
  }
}
