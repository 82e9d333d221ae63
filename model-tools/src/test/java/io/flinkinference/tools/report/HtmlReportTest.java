package io.flinkinference.tools.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class HtmlReportTest {

  @TempDir private Path directory;

  @Test
  void pageIsWellFormed() throws Exception {
    assertThat(page().getDocumentElement().getTagName()).isEqualTo("html");
  }

  @Test
  void textIsEscaped() throws Exception {
    assertThat(all("h1").get(0).getTextContent())
        .isEqualTo("The operator against what users would run <instead>");
    assertThat(page().getDocumentElement().getTextContent()).contains("<seed 7> & \"more\"");
  }

  @Test
  void nothingIsLoadedFromElsewhere() throws Exception {
    String text = write();
    assertThat(text).doesNotContain("http:", "https:", "@import", "<script", "src=");
    for (Element link : all("a")) {
      assertThat(link.getAttribute("href")).startsWith("#");
    }
    // Hatchings are the only thing that is referred to.
    assertThat(text.replace("url(#", "")).doesNotContain("url(");
  }

  @Test
  void everyReferenceHasItsTarget() throws Exception {
    List<String> ids = new ArrayList<>();
    for (Element element : all("*")) {
      if (element.hasAttribute("id")) {
        ids.add(element.getAttribute("id"));
      }
    }
    assertThat(ids).doesNotHaveDuplicates();
    Set<String> targets = new HashSet<>();
    Matcher references = Pattern.compile("(?:href=\"|url\\()#([^\")]+)").matcher(write());
    while (references.find()) {
      targets.add(references.group(1));
    }
    for (Element chart : all("svg")) {
      if (chart.hasAttribute("aria-labelledby")) {
        targets.addAll(List.of(chart.getAttribute("aria-labelledby").split(" ", -1)));
      }
    }
    assertThat(targets).hasSizeGreaterThan(5);
    assertThat(ids).containsAll(targets);
  }

  @Test
  void headlinesKeepTheirOrder() throws Exception {
    assertThat(all("dt").stream().map(Element::getTextContent))
        .startsWith("Ratio to limit", "Records per second", "Ratio to best peer");
    assertThat(all("dd").get(0).getTextContent()).isEqualTo("0.935");
  }

  @Test
  void everyPictureHasAName() throws Exception {
    List<Element> pictures = new ArrayList<>();
    for (Element svg : all("svg")) {
      if (svg.getAttribute("role").equals("img")) {
        pictures.add(svg);
        assertThat(svg.getElementsByTagName("desc").item(0).getTextContent())
            .containsAnyOf("records/s", "ms");
      }
    }
    assertThat(pictures).hasSize(6);
  }

  @Test
  void severalReportsHaveContents() throws Exception {
    Report other = new Report("scale", "Scale", Samples.report().figures(), List.of());
    Path file = directory.resolve("pages").resolve("all.html");
    HtmlReport.write(List.of(Samples.report(), other), Samples.MACHINE, file);
    Document page = parse(Files.readString(file));
    NodeList links = ((Element) page.getElementsByTagName("nav").item(0)).getElementsByTagName("a");
    assertThat(links.getLength()).isEqualTo(2);
    assertThat(((Element) links.item(1)).getAttribute("href")).isEqualTo("#report-scale");
  }

  private List<Element> all(String tag) throws Exception {
    NodeList nodes = page().getElementsByTagName(tag);
    List<Element> elements = new ArrayList<>();
    for (int i = 0; i < nodes.getLength(); i++) {
      elements.add((Element) nodes.item(i));
    }
    return elements;
  }

  private Document page() throws Exception {
    return parse(write());
  }

  private String write() throws Exception {
    Path file = directory.resolve("report.html");
    HtmlReport.write(List.of(Samples.report()), Samples.MACHINE, file);
    return Files.readString(file);
  }

  private static Document parse(String text) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(text)));
  }
}
