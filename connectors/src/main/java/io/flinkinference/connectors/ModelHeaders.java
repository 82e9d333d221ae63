package io.flinkinference.connectors;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.flinkinference.result.ModelStamp;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;

/**
 * Says in a record's headers what produced its result. Those of an earlier result, in a topic that
 * is scored again, are replaced: they would say something untrue about the new value.
 *
 * <p>Belongs to the thread of one sink. The headers of a stamp are made once.
 */
final class ModelHeaders {

  private static final String NAME = "inference.model";
  private static final String SHA256 = "inference.model.sha256";
  private static final String PRECISION = "inference.precision";
  private static final String DEVICE = "inference.device";
  private static final String BATCH_INVARIANT = "inference.batch-invariant";

  private ModelStamp stamp;
  private List<Header> ofStamp = List.of();
  private Set<String> names = Set.of();

  /** The headers of a record, then those of a stamp. */
  List<Header> add(List<Header> headers, ModelStamp to) {
    if (!to.equals(stamp)) {
      remember(to);
    }
    if (headers.isEmpty()) {
      return ofStamp;
    }
    List<Header> all = new ArrayList<>(headers.size() + ofStamp.size());
    for (Header header : headers) {
      if (!names.contains(header.key())) {
        all.add(header);
      }
    }
    all.addAll(ofStamp);
    return all;
  }

  private void remember(ModelStamp next) {
    stamp = next;
    ofStamp =
        List.of(
            header(NAME, next.name()),
            header(SHA256, next.sha256()),
            header(PRECISION, next.precision()),
            header(DEVICE, next.device()),
            header(BATCH_INVARIANT, Boolean.toString(next.batchInvariant())));
    names = ofStamp.stream().map(Header::key).collect(Collectors.toUnmodifiableSet());
  }

  private static Header header(String name, String value) {
    return new RecordHeader(name, value.getBytes(UTF_8));
  }
}
