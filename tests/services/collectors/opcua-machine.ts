import { DataType, OPCUACertificateManager, OPCUAServer, StatusCodes, Variant, VariantArrayType } from "node-opcua";

// A machine with an OPC UA server, in a process of its own: `node opcua-machine.ts <port> <folder> <first>`. Its counter
// goes up by one fifty times a second from `first`, and its history is kept in memory. Whoever writes to it stops it.

const [port = "", folder = "", first = "1"] = process.argv.slice(2);
const serverCertificateManager = new OPCUACertificateManager({
  rootFolder: folder,
  automaticallyAcceptUnknownCertificate: true,
});
await serverCertificateManager.initialize();
const server = new OPCUAServer({
  port: Number(port),
  hostname: "127.0.0.1",
  resourcePath: "/machine",
  serverCertificateManager,
  userManager: { isValidUser: (user: string, password: string) => user === "sunbae" && password === "it's" },
  allowAnonymous: false,
  // Every change is told, not samples only: so that a lost one can be counted.
  serverCapabilities: { minSupportedSampleRate: 0 },
});
await server.initialize();
const { addressSpace } = server.engine;
if (!addressSpace) throw new Error("no address space");
const own = addressSpace.getOwnNamespace();
const machines = own.addObject({
  browseName: "Machines",
  nodeId: "s=Machines",
  organizedBy: addressSpace.rootFolder.objects,
});
const machine = own.addObject({ browseName: "CNC-07", componentOf: machines });
const add = (browseName: string, dataType: string, value: Variant) => {
  const added = own.addVariable({
    browseName,
    nodeId: `s=${browseName}`,
    componentOf: machine,
    dataType,
    minimumSamplingInterval: 0,
  });
  added.setValueFromSource(value);
  return added;
};
const counter = add("Count", "Double", new Variant({ dataType: DataType.Double, value: 0 }));
add("Heat", "Float", new Variant({ dataType: DataType.Float, value: 21.5 }));
add("Door", "Boolean", new Variant({ dataType: DataType.Boolean, value: true }));
add("Parts", "Int64", new Variant({ dataType: DataType.Int64, arrayType: VariantArrayType.Scalar, value: [1, 5] }));
add("State", "String", new Variant({ dataType: DataType.String, value: "RUN" }));
add("Broken", "Double", new Variant({ dataType: DataType.Double, value: 3 })).setValueFromSource(
  new Variant({ dataType: DataType.Double, value: 3 }),
  StatusCodes.BadSensorFailure,
);
addressSpace.installHistoricalDataNode(counter, { maxOnlineValues: 100_000 });
let next = Number(first);
let last = 0;
setInterval(() => {
  const at = Math.max(Date.now(), last + 1);
  last = at;
  counter.setValueFromSource(new Variant({ dataType: DataType.Double, value: next++ }), StatusCodes.Good, new Date(at));
}, 20);
await server.start();
console.log("ready");
