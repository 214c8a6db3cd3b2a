// A Vulkan driver that hands everything on to another one, FAILING_DRIVER, until the function FAILING_FUNCTION
// (vkQueueSubmit or vkAllocateMemory) was called FAILING_AFTER times: from then on it answers FAILING_RESULT, as a driver
// does whose device is lost (-4) or has no memory left (-2).
#include <dlfcn.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

typedef void (*Function)(void);
typedef Function (*Lookup)(void *, const char *);
// Both functions take four words.
typedef int32_t (*Fallible)(void *, uintptr_t, void *, void *);

static Fallible healthy;
static Lookup device_lookup;

static Function driver(const char *name) {
  static void *library;
  if (!library) library = dlopen(getenv("FAILING_DRIVER"), RTLD_NOW);
  return (Function)dlsym(library, name);
}

static int32_t failing(void *a, uintptr_t b, void *c, void *d) {
  static long calls;
  return ++calls > atol(getenv("FAILING_AFTER")) ? atoi(getenv("FAILING_RESULT")) : healthy(a, b, c, d);
}

static Function replace(Function found, const char *name) {
  if (!found || strcmp(name, getenv("FAILING_FUNCTION"))) return found;
  healthy = (Fallible)found;
  return (Function)failing;
}

static Function of_device(void *device, const char *name) { return replace(device_lookup(device, name), name); }

Function vk_icdGetInstanceProcAddr(void *instance, const char *name) {
  Function found = ((Lookup)driver("vk_icdGetInstanceProcAddr"))(instance, name);
  if (!found || strcmp(name, "vkGetDeviceProcAddr")) return replace(found, name);
  device_lookup = (Lookup)found;
  return (Function)of_device;
}

Function vk_icdGetPhysicalDeviceProcAddr(void *instance, const char *name) {
  Lookup lookup = (Lookup)driver("vk_icdGetPhysicalDeviceProcAddr");
  return lookup ? lookup(instance, name) : 0;
}

int32_t vk_icdNegotiateLoaderICDInterfaceVersion(uint32_t *version) {
  int32_t (*negotiate)(uint32_t *) = (int32_t(*)(uint32_t *))driver("vk_icdNegotiateLoaderICDInterfaceVersion");
  return negotiate ? negotiate(version) : 0;
}
