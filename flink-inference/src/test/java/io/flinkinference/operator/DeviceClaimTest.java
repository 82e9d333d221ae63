package io.flinkinference.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flinkinference.engine.Device;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.flink.api.common.externalresource.ExternalResourceInfo;
import org.junit.jupiter.api.Test;

class DeviceClaimTest {

  private static final DeviceChoice ANY = new DeviceChoice("cuda", "gpu", true);
  private static final DeviceChoice SECOND = new DeviceChoice("cuda:1", "gpu", true);
  private static final DeviceChoice AUTO = new DeviceChoice("cuda", "gpu", false);

  private final DeviceShares shares = new DeviceShares();

  @Test
  void subtasksOfATaskManagerUseItsDevicesEvenly() {
    List<Device> taken = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      taken.add(claim(ANY, "0", "1").device());
    }
    assertThat(taken)
        .map(Device::toString)
        .containsExactly("cuda:0", "cuda:1", "cuda:0", "cuda:1", "cuda:0");
  }

  @Test
  void aDeviceThatIsGivenBackIsTakenNext() {
    DeviceClaim first = claim(ANY, "2", "5");
    assertThat(claim(ANY, "2", "5").device().index()).isEqualTo(5);
    first.close();
    first.close(); // Counts once.
    assertThat(claim(ANY, "2", "5").device().index()).isEqualTo(2);
    assertThat(shares.count("gpu", 2)).isEqualTo(1);
    assertThat(shares.count("gpu", 5)).isEqualTo(1);
  }

  @Test
  void aNamedIndexIsTakenIfItIsThere() {
    assertThat(claim(SECOND, "0", "1").device()).isEqualTo(new Device("cuda", 1));
    assertThatThrownBy(() -> claim(SECOND, "0", "2"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("cuda:1")
        .hasMessageContaining("[0, 2]");
  }

  @Test
  void aTaskManagerWithoutDevicesIsAnErrorThatSaysWhatToLookAt() {
    assertThatThrownBy(() -> claim(ANY))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("external-resource.gpu.param.discovery-script.path")
        .hasMessageContaining("jobmanager.scheduler must not be adaptive");
  }

  @Test
  void withoutADeviceAutoMeansTheCpu() {
    assertThat(claim(AUTO).device()).isEqualTo(Device.CPU);
    assertThat(claim(AUTO, "3").device()).isEqualTo(new Device("cuda", 3));
  }

  @Test
  void theCpuMayStandInForADevice() {
    DeviceClaim claim = claim(new DeviceChoice("cpu", "gpu", true), "1");
    assertThat(claim.device()).hasToString("cpu:1");
    assertThat(Device.parse("cpu:1")).isEqualTo(claim.device());
  }

  @Test
  void anIndexThatIsNoNumberIsToldOf() {
    assertThatThrownBy(() -> claim(ANY, "GPU-7f2"))
        .hasMessageContaining("the index 'GPU-7f2'")
        .hasMessageContaining("whole numbers");
  }

  private DeviceClaim claim(DeviceChoice choice, String... indices) {
    Set<ExternalResourceInfo> infos = Stream.of(indices).map(Gpu::new).collect(Collectors.toSet());
    return DeviceClaim.of(choice, infos, shares);
  }

  private record Gpu(String index) implements ExternalResourceInfo {

    @Override
    public Optional<String> getProperty(String key) {
      return key.equals("index") ? Optional.of(index) : Optional.empty();
    }

    @Override
    public Collection<String> getKeys() {
      return List.of("index");
    }
  }
}
